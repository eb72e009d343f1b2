import type { LinkRole } from '@session-room/client';
import type { RoomLinks } from '@session-room/element/console/sr-links.component.ts';
import { readJson, storageOf, write } from '@session-room/element/store.ts';

const linksKeyOf = (room: string) => `session-room:links:${room}`;

export type Links = Record<LinkRole, string>;

/**
 * Whoever opened a room can hand out its links later too, until it has ended; only their browser knows them, the
 * server keeps but a hash.
 */
export function keepLinks(room: string, { member, observer, projector }: Links): void {
  write(storageOf('localStorage'), linksKeyOf(room), JSON.stringify({ member, observer, projector }));
}

export function findLinks(room: string): RoomLinks | undefined {
  const { member, observer, projector } = readJson<RoomLinks>(storageOf('localStorage'), linksKeyOf(room)) ?? {};
  return member && observer && projector ? { member, observer, projector } : undefined;
}

export function dropLinks(room: string): void {
  write(storageOf('localStorage'), linksKeyOf(room), null);
}
