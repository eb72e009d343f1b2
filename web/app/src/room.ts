import './look/page.css';
import './look/sr-theme.js';
import '@session-room/element/room/session-room.ts';
import { SrRoomPageElement } from './room/sr-room-page.component.js';

customElements.define('sr-room-page', SrRoomPageElement);
