import type { LinkRole } from '@session-room/client';
import { readJson, storageOf, write } from '../store.js';

const linksKeyOf = (room: string) => `session-room:links:${room}`;

export type Links = Record<LinkRole, string>;
/** The facilitator's own link is not kept here: whoever uses this browser next would find it. */
export type HandedOut = Omit<Links, 'facilitator'>;

/**
 * Whoever opened a room can hand out its links later too, until it has ended; only their browser knows them, the
 * server keeps but a hash.
 */
export function keepLinks(room: string, { member, observer, projector }: Links): void {
  write(storageOf('localStorage'), linksKeyOf(room), JSON.stringify({ member, observer, projector }));
}

export function findLinks(room: string): HandedOut | undefined {
  const { member, observer, projector } = readJson<HandedOut>(storageOf('localStorage'), linksKeyOf(room)) ?? {};
  return member && observer && projector ? { member, observer, projector } : undefined;
}

export function dropLinks(room: string): void {
  write(storageOf('localStorage'), linksKeyOf(room), null);
}
