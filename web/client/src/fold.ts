import { mergePatch, type Json } from './merge-patch.js';
import type { RoomState } from './state.js';
import type { PatchMessage, ResyncMessage } from './wire.js';

export interface Position {
  epoch: string;
  seq: number;
}

/** The same of all epochs of a room: what follows an epoch's dash says only how often its log was written back. */
export function birthOf(epoch: string): string {
  return epoch.split('-')[0]!;
}

/** `hole`: a patch is missing and the room must be joined again; `held`: kept until Join has answered. */
export type Folded = 'applied' | 'ignored' | 'held' | 'hole';

/**
 * The state as far as the patches have told it. A patch may overtake the answer to Join, so patches are held from
 * `expectSnapshot` until the snapshot is there, and those that it already contains are dropped by their number.
 */
export class RoomFold {
  private snapshot?: Position & { state: RoomState };
  private held: PatchMessage[] | undefined = [];

  get state(): RoomState | undefined {
    return this.snapshot?.state;
  }

  get position(): Position | undefined {
    return this.snapshot && { epoch: this.snapshot.epoch, seq: this.snapshot.seq };
  }

  /** From here to the next snapshot patches are held. The state stays: a view goes on showing what it knows. */
  expectSnapshot(): void {
    this.held = [];
  }

  /** Takes a Join answer or a resync. `newRoom` when it is not the room that the earlier state came from. */
  replace(snapshot: ResyncMessage): { newRoom: boolean; outcome: Folded; applied: PatchMessage[] } {
    const before = this.snapshot?.epoch ?? snapshot.epoch;
    const newEpoch = before !== snapshot.epoch;
    const newRoom = birthOf(before) !== birthOf(snapshot.epoch);
    // A resync may overtake the answer to a Join that was asked for earlier; that answer is the older of the two then.
    if (!this.held && !newEpoch && this.snapshot && snapshot.seq < this.snapshot.seq) {
      return { newRoom, outcome: 'ignored', applied: [] };
    }
    const held = this.held ?? [];
    this.held = undefined;
    this.snapshot = { epoch: snapshot.epoch, seq: snapshot.seq, state: snapshot.state };
    const applied: PatchMessage[] = [];
    for (const patch of held.sort((a, b) => a.seq - b.seq)) {
      const outcome = this.patch(patch);
      if (outcome === 'hole') return { newRoom, outcome, applied };
      if (outcome === 'applied') applied.push(patch);
    }
    return { newRoom, outcome: 'applied', applied };
  }

  patch(message: PatchMessage): Folded {
    if (this.held) {
      this.held.push(message);
      return 'held';
    }
    if (!this.snapshot) return 'hole';
    if (message.seq <= this.snapshot.seq) return 'ignored';
    if (message.seq > this.snapshot.seq + 1) return 'hole';
    const state = mergePatch(this.snapshot.state as unknown as Json, message.patch) as unknown as RoomState;
    this.snapshot = { epoch: this.snapshot.epoch, seq: message.seq, state };
    return 'applied';
  }
}
