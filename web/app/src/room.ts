import './look/page.css';
import './look/sr-theme.js';
import '@session-room/element/parts.ts';
import { SrJoinElement } from '@session-room/element/door/sr-join.component.ts';
import { SrLinkElement } from '@session-room/element/member/sr-link.component.ts';
import { SrMemberElement } from '@session-room/element/member/sr-member.component.ts';
import { useOwnLanguage } from './language.js';
import { SrRoomPageElement } from './room/sr-room-page.component.js';

void useOwnLanguage().then(() => {
  customElements.define('sr-join', SrJoinElement);
  customElements.define('sr-link', SrLinkElement);
  customElements.define('sr-member', SrMemberElement);
  customElements.define('sr-room-page', SrRoomPageElement);
});

// Nobody waits for the menu, nor for what only it and the theme's button say.
void import('./look/sr-language.js');
