import './look/page.css';
import './look/sr-theme.js';
import '@session-room/element/room/session-room.ts';
import { useOwnLanguage } from './language.js';
import { SrRoomPageElement } from './room/sr-room-page.component.js';

void useOwnLanguage().then(() => customElements.define('sr-room-page', SrRoomPageElement));

// Nobody waits for the menu, nor for what only it and the theme's button say.
void import('./look/sr-language.js');
