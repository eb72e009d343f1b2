import type { Entry, Place } from '@session-room/client';
import { read, write } from '../store.js';

/** What this browser knows of one invitation: enough to come back without being asked anything. */
export interface Invitation {
  room: string;
  invite: string;
  name?: string;
  place?: Place;
  entry?: Entry;
  /** The members' invite, on a screen that shows it as a QR code. */
  join?: string;
}

interface Kept {
  last?: string;
  invitations?: Record<string, Invitation>;
}

const nameKey = 'session-room:name';
const keyOf = (room: string) => `session-room:room:${room}`;

/**
 * Invitations by room. A browser may hold several of one room (a facilitator who also drives the projector), so each
 * tab remembers which is its own, and a new tab takes the one used last.
 */
export class Invitations {
  constructor(
    private readonly lasting: Storage,
    private readonly ofTab: Storage,
  ) {}

  /** Takes the invitation out of an address's fragment, or the one this tab or browser had before. */
  find(room: string, hash: string): Invitation | undefined {
    const fragment = fragmentOf(hash);
    const kept = this.read(room);
    const invite = fragment.get('invite') ?? read(this.ofTab, keyOf(room)) ?? kept.last;
    if (!invite) return undefined;
    const invitation: Invitation = { ...kept.invitations?.[invite], room, invite };
    const join = fragment.get('join');
    if (join) invitation.join = join;
    this.keep(invitation);
    return invitation;
  }

  keep(invitation: Invitation): void {
    const { room, invite } = invitation;
    const kept = this.read(room);
    const invitations = { ...kept.invitations, [invite]: invitation };
    write(this.lasting, keyOf(room), JSON.stringify({ last: invite, invitations }));
    write(this.ofTab, keyOf(room), invite);
    if (invitation.name) write(this.lasting, nameKey, invitation.name);
  }

  /** The name last used in any room, to save typing it. */
  get usualName(): string {
    return read(this.lasting, nameKey) ?? '';
  }

  private read(room: string): Kept {
    try {
      return JSON.parse(read(this.lasting, keyOf(room)) ?? '{}') as Kept;
    } catch {
      return {};
    }
  }
}

export function fragmentOf(hash: string): URLSearchParams {
  return new URLSearchParams(hash.replace(/^#/, ''));
}

/** The room's id in `/r/{id}`. */
export function roomOf(pathname: string): string {
  return decodeURIComponent(/^\/r\/([^/]+)/.exec(pathname)?.[1] ?? '');
}
