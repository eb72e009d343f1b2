import './look/page.css';
import './look/sr-theme.js';
import '@session-room/element/parts.ts';
import { SrJoinElement } from './room/sr-join.component.js';
import { SrLinkElement } from './room/sr-link.component.js';
import { SrMemberElement } from './room/sr-member.component.js';
import { SrRoomPageElement } from './room/sr-room-page.component.js';

customElements.define('sr-join', SrJoinElement);
customElements.define('sr-link', SrLinkElement);
customElements.define('sr-member', SrMemberElement);
customElements.define('sr-room-page', SrRoomPageElement);
