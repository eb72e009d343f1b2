import type { CreatedRoom } from '@session-room/client';
import type { Links } from '../room/handed-out.js';
import { fragmentOf } from '@session-room/element/room/access.ts';

/**
 * The addresses to hand out. The projector's also carries the members' invite, for the QR code that it shows: whoever
 * sees that screen may join anyway. Both stay in the fragment, which is sent to no server.
 */
export function linksOf(room: CreatedRoom, origin: string): Links {
  const absolute = (link: string) => new URL(link, origin).href;
  const join = fragmentOf(new URL(room.links.member, origin).hash).get('invite');
  const projector = new URL(room.links.projector, origin);
  projector.searchParams.set('view', 'projector');
  if (join) projector.hash += `&join=${encodeURIComponent(join)}`;
  return {
    facilitator: absolute(room.links.facilitator),
    member: absolute(room.links.member),
    observer: absolute(room.links.observer),
    projector: projector.href,
  };
}
