import type { Ending, Entry, Place } from '@session-room/client';
import { fragmentOf } from '@session-room/element/room/access.ts';
import { read, readJson, write } from '@session-room/element/store.ts';

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

export interface Kept {
  last?: string;
  invitations?: Record<string, Invitation>;
  /** How it ended for the holder of an invite, of which only a trace is left. */
  ended?: { ending: Ending; trace: number };
}

const nameKey = 'session-room:name';
export const keyOf = (room: string) => `session-room:room:${room}`;
export const tabKeyOf = (room: string) => `session-room:tab:${room}`;

/**
 * Invitations by room. A browser may hold several of one room (a facilitator who also drives the projector), so each
 * tab remembers which is its own, and a new tab takes the one used last.
 */
export class Invitations {
  constructor(
    private readonly lasting: Storage | undefined,
    private readonly ofTab: Storage | undefined,
  ) {}

  /** Takes the invitation out of an address's fragment, or the one this tab or browser had before. */
  find(room: string, hash: string): Invitation | undefined {
    const fragment = fragmentOf(hash);
    const kept = this.read(room);
    const invite = fragment.get('invite') ?? read(this.ofTab, keyOf(room)) ?? kept.last;
    if (!invite) return undefined;
    const only = readJson<Invitation>(this.ofTab, tabKeyOf(room));
    const invitation: Invitation = { ...(only?.invite === invite ? only : kept.invitations?.[invite]), room, invite };
    const join = fragment.get('join');
    if (join) invitation.join = join;
    if (only?.invite !== invite) this.keep(invitation);
    return invitation;
  }

  /** How it ended here before: for a removed person's own link too, but never for another invite. */
  endingOf(room: string, hash: string): Ending | undefined {
    const { ended, last } = this.read(room);
    const invite = fragmentOf(hash).get('invite');
    if (invite) return ended?.ending === 'removed' && ended.trace === traceOf(invite) ? 'removed' : undefined;
    return last === undefined && read(this.ofTab, keyOf(room)) === null ? ended?.ending : undefined;
  }

  keep(invitation: Invitation): void {
    const { room, invite } = invitation;
    const invitations = { ...this.read(room).invitations, [invite]: invitation };
    write(this.lasting, keyOf(room), JSON.stringify({ last: invite, invitations }));
    write(this.ofTab, keyOf(room), invite);
    if (invitation.name) write(this.lasting, nameKey, invitation.name);
  }

  /** The name last used in any room, to save typing it. */
  get usualName(): string {
    return read(this.lasting, nameKey) ?? '';
  }

  private read(room: string): Kept {
    return readJson<Kept>(this.lasting, keyOf(room)) ?? {};
  }
}

/** Enough to know an invite again (FNV-1a, 32 bits), and far too little to use it. */
export function traceOf(invite: string): number {
  let trace = 0x811c9dc5;
  for (const char of invite) trace = Math.imul(trace ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return trace;
}
