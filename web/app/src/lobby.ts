import './look/page.css';
import './look/sr-theme.js';
import { useOwnLanguage } from './language.js';
import { SrCreatedElement } from './lobby/sr-created.component.js';
import { SrLobbyElement } from './lobby/sr-lobby.component.js';
import './text/translations.js';

void useOwnLanguage().then(() => {
  customElements.define('sr-created', SrCreatedElement);
  customElements.define('sr-lobby', SrLobbyElement);
});

void import('./look/sr-language.js');
