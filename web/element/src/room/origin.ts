import type { Access } from './access.js';
import { claimsOf } from './access.js';

/** What the server gives to the pages of any site, so that its answer can be read from every page. */
const forEverybody = '/element/session-room.js';

/**
 * Whether the server lets no page of this address into the room. A browser does not tell a page of an origin that no key
 * lists why it was kept away: then the server answers what everybody may read, and what is the room's seems lost
 * before and after.
 */
export async function keepsPageOut({ server, room, token }: Access): Promise<boolean> {
  const id = room || (token && claimsOf(token).room);
  const ask = () =>
    fetch(`${server}/api/rooms/${encodeURIComponent(id || '-')}`, {
      headers: token ? { authorization: `Bearer ${token}` } : undefined,
    }).then(
      async (answer) => answer.status === 403 && isAboutOrigin(await answer.text().catch(() => '')),
      () => undefined,
    );
  const told = await ask();
  if (told !== undefined) return told;
  const there = await fetch(server + forEverybody).then(
    ({ ok }) => ok,
    () => false,
  );
  return there && (await ask()) === undefined;
}

/** A 403 has the same code for persons and for pages; the server's sentence tells them apart. */
export function isAboutOrigin(message: string): boolean {
  return /\borigin\b/.test(message);
}
