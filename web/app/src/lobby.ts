import './look/page.css';
import './look/sr-theme.js';
import { SrCreatedElement } from './lobby/sr-created.component.js';
import { SrLobbyElement } from './lobby/sr-lobby.component.js';

customElements.define('sr-created', SrCreatedElement);
customElements.define('sr-lobby', SrLobbyElement);
