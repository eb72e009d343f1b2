import type { LinkRole } from '@session-room/client';
import { read, write } from '../store.js';

const linksKeyOf = (room: string) => `session-room:links:${room}`;

export type Links = Record<LinkRole, string>;

/** Whoever opened a room can hand out its links later too; only their browser knows them, the server keeps but a hash. */
export function keepLinks(storage: Storage, room: string, links: Links): void {
  write(storage, linksKeyOf(room), JSON.stringify(links));
}

export function findLinks(storage: Storage, room: string): Links | undefined {
  const kept = read(storage, linksKeyOf(room));
  return kept === null ? undefined : (JSON.parse(kept) as Links);
}
