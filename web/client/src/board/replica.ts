import {
  applyUpdate,
  decodeStateVector,
  Doc,
  encodeStateAsUpdate,
  encodeStateVector,
  transact,
  type Transaction,
} from 'yjs';
import type { Bytes, JoinRequest } from '../wire.js';
import { Presence, type PresenceTarget } from './presence.js';
import { PushQueue, type Pace, type PushTarget } from './push-queue.js';

export interface ReplicaTarget extends PresenceTarget, PushTarget {
  /** Whether edits of this person are taken. */
  mayWrite(): boolean;
  /** An edit made here. */
  edited(update: Uint8Array): void;
  /** Content that the room sent and the document did not have. */
  received(update: Uint8Array): void;
}

const fromRoom = 'room';
const fromStore = 'store';

/** A document that follows the room's, under a CRDT client id of its own, with what belongs to that id. */
export class Replica {
  readonly doc = new Doc();
  readonly presence: Presence;
  readonly queue: PushQueue;
  /** The room's content is here. */
  synced = false;
  /** Every stored update up to this number is in the document. */
  private n?: number;
  private comparing = false;
  private applying = false;

  constructor(
    private readonly target: ReplicaTarget,
    pace: Pace,
  ) {
    this.presence = new Presence(this.doc, target);
    this.queue = new PushQueue(target, pace);
    this.doc.on('update', this.onUpdate);
  }

  /** Off the record the numbers stand still, so they say nothing of what was missed. */
  question(offRecord: boolean, pack: (bytes: Uint8Array) => Bytes): JoinRequest {
    if (this.n !== undefined && !offRecord && !this.comparing) return { n: this.n };
    return this.doc.store.clients.size > 0 ? { board: pack(encodeStateVector(this.doc)) } : {};
  }

  restore(content: readonly Uint8Array[]): void {
    this.apply(content, fromStore);
  }

  /** What the room answers to a question, or sends with a resync. */
  catchUp(update: Uint8Array, n: number | undefined): void {
    this.apply([update], fromRoom);
    this.n = n === undefined ? undefined : Math.max(n, this.n ?? 0);
    this.synced = true;
  }

  /** One frame of many: they are complete from the last catching up to the loss of the link. */
  follow(update: Uint8Array, n: number): void {
    this.apply([update], fromRoom);
    if (this.n !== undefined) this.n = Math.max(n, this.n);
  }

  forgetNumber(): void {
    this.n = undefined;
  }

  /** The room's numbers are others from now on, and it may have lost what is here: the next question is by state vector. */
  compare(): void {
    this.comparing = true;
    this.forgetNumber();
  }

  /** After that question: what was made here and the room lacks, although it may have had it before. */
  compared(theirs: Uint8Array): Uint8Array | undefined {
    if (!this.comparing) return undefined;
    this.comparing = false;
    const { clientID } = this.doc;
    const [known, mine] = [decodeStateVector(theirs), decodeStateVector(encodeStateVector(this.doc))];
    const lost = known.get(clientID) ?? 0;
    if (lost >= (mine.get(clientID) ?? 0)) return undefined;
    return encodeStateAsUpdate(this.doc, encodeStateVector(mine.set(clientID, lost)));
  }

  whole(): Uint8Array {
    return encodeStateAsUpdate(this.doc);
  }

  destroy(): void {
    this.queue.close();
    this.doc.off('update', this.onUpdate);
    this.presence.destroy();
    this.doc.destroy();
  }

  /** In one step, which says to Yjs that none of it was made here. */
  private apply(updates: readonly Uint8Array[], origin: string): void {
    this.applying = true;
    try {
      transact(this.doc, () => updates.forEach((update) => applyUpdate(this.doc, update, origin)), origin, false);
    } finally {
      this.applying = false;
    }
  }

  private readonly onUpdate = (update: Uint8Array, origin: unknown, _doc: Doc, { local }: Transaction): void => {
    // After somebody else's edit Yjs takes out formats that became superfluous, and calls that local. Whoever does not
    // write leaves it to those who do: pushing it would be refused, and the replica would start over for ever.
    if (local && this.applying && !this.target.mayWrite()) return;
    if (local) this.target.edited(update);
    else if (origin === fromRoom) this.target.received(update);
  };
}
