import './look/embed.css';
import '@session-room/element/room/session-room.ts';
import { answerHost } from '@session-room/element/embed/frame.ts';
import { fragmentOf } from '@session-room/element/room/access.ts';

const room = document.querySelector('session-room')!;
room.room = decodeURIComponent(/^\/embed\/([^/]+)/.exec(location.pathname)?.[1] ?? '');

/** Without any script of the host's: an invite in the fragment is enough, and what else may be read by everybody. */
const fragment = fragmentOf(location.hash);
for (const name of ['invite', 'join', 'view', 'lang', 'theme', 'name', 'place']) {
  const value = fragment.get(name);
  if (value) room.setAttribute(name, value);
}
if (location.hash) history.replaceState(null, '', location.pathname + location.search);

if (window.parent !== window) answerHost(room, window);
