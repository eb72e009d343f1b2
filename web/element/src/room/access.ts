import type { HttpRefusal } from '@session-room/client';

/** Where somebody wants in, and with what. A token is used first; an invite replaces one that has expired. */
export interface Access {
  /** Origin of the server; empty for the page's own. */
  server: string;
  /** Known with an invite only; a token names its room to the server. */
  room: string;
  invite?: string;
  token?: string;
  /** The members' invite, on a screen that shows it as a QR code. */
  join?: string;
}

/** What a host says, as attributes or properties. */
export type AccessGiven = Partial<Access>;

/** Nothing to go by, or nothing that can be read, is no access: the element then waits. */
export function accessOf({ server = '', room = '', invite, token, join }: AccessGiven): Access | undefined {
  const origin = originOf(server);
  if (!invite?.includes('#')) {
    const enough = token || (invite && room);
    return enough ? { server: origin, room, invite, token, join } : undefined;
  }
  if (!URL.canParse(invite, origin || location.href)) return undefined;
  const link = new URL(invite, origin || location.href);
  const fragment = fragmentOf(link.hash);
  const found = { room: roomOf(link.pathname), invite: fragment.get('invite') ?? undefined };
  if (!found.room || !found.invite) return undefined;
  return { ...found, server: originOf(link.origin), token, join: fragment.get('join') ?? join };
}

/** The members' link, for a screen that was given their invite. */
export function joinAddressOf({ server, room, join }: Partial<Access> = {}, id = room): string | undefined {
  if (!id || !join) return undefined;
  return `${server || location.origin}/r/${encodeURIComponent(id)}#invite=${encodeURIComponent(join)}`;
}

function originOf(server: string): string {
  const origin = URL.canParse(server) ? new URL(server).origin : '';
  return origin === location.origin ? '' : origin;
}

export function fragmentOf(hash: string): URLSearchParams {
  return new URLSearchParams(hash.replace(/^#/, ''));
}

/** The room's id in `/r/{id}`. */
export function roomOf(pathname: string): string {
  return decodeURIComponent(/^\/r\/([^/]+)/.exec(pathname)?.[1] ?? '');
}

/** What a token says of itself; nothing where it cannot be read, which is the server's matter. */
export function claimsOf(token: string): { exp?: number; role?: string; room?: string } {
  try {
    const payload = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    return JSON.parse(atob(payload)) as { exp?: number; role?: string; room?: string };
  } catch {
    return {};
  }
}

/** Keeping the token that the visit has now as the host's own makes no other visit of it. */
export function sameVisit(access: Access, former: Access, current: string | undefined): boolean {
  return (
    access.server === former.server &&
    access.room === former.room &&
    access.invite === former.invite &&
    (access.token === former.token || access.token === current)
  );
}

/** Asked by the few that are kept out. */
export async function turnsPageAway(access: Access, refusal?: HttpRefusal): Promise<boolean> {
  if (!access.server) return false;
  const { isAboutOrigin, keepsPageOut } = await import('./origin.js');
  return refusal?.status === 403 ? isAboutOrigin(refusal.message) : keepsPageOut(access);
}
