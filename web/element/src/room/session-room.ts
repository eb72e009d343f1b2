/** Registers `session-room` and everything that it shows at once. */
import '../parts.js';
import { SrJoinElement } from '../door/sr-join.component.js';
import { SrLinkElement } from '../member/sr-link.component.js';
import { SrMemberElement } from '../member/sr-member.component.js';
import { SessionRoomElement } from './session-room.component.js';

const elements = {
  'sr-join': SrJoinElement,
  'sr-link': SrLinkElement,
  'sr-member': SrMemberElement,
  'session-room': SessionRoomElement,
};
for (const [name, element] of Object.entries(elements))
  if (!customElements.get(name)) customElements.define(name, element);

declare global {
  interface HTMLElementTagNameMap {
    'sr-join': SrJoinElement;
    'sr-link': SrLinkElement;
    'sr-member': SrMemberElement;
    'session-room': SessionRoomElement;
  }
}
