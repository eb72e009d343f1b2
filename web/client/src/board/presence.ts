import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness';
import type { Doc } from 'yjs';
import type { BoardPresence } from './source.js';

/** About ten a second: what a moving caret needs, and a third of what the server takes. */
const gapMs = 100;

export interface PresenceTarget {
  /** Whether the room hears us now. */
  heard(): boolean;
  send(update: Uint8Array): void;
  wait(ms: number): Promise<void>;
}

interface Changes {
  added: number[];
  updated: number[];
  removed: number[];
}

/** Who looks at what. Whoever looks at nothing says nothing, so that a thousand listeners cost no messages. */
export class Presence {
  readonly awareness: Awareness;
  private outdated = false;
  private sending = false;

  constructor(
    doc: Doc,
    private readonly target: PresenceTarget,
  ) {
    this.awareness = new Awareness(doc);
    this.awareness.setLocalState(null);
    this.awareness.on('update', this.onUpdate);
  }

  get own(): BoardPresence {
    return this.awareness.getLocalState() ?? {};
  }

  present(change: Partial<BoardPresence>): void {
    const state = Object.fromEntries(
      Object.entries({ ...this.own, ...change }).filter(([, value]) => value !== undefined),
    );
    this.awareness.setLocalState(Object.keys(state).length > 0 ? state : null);
  }

  apply(update: Uint8Array): void {
    applyAwarenessUpdate(this.awareness, update, 'room');
  }

  /** The room hears us from now on, and forgot what we said before. */
  announce(): void {
    const state = this.awareness.getLocalState();
    // When the last link went down the others were told `null` under the clock that they knew: this one is newer.
    if (state !== null) this.awareness.setLocalState(state);
  }

  /** Where the others are is not known any more; once back, the room tells anew, with the clocks that we know already. */
  forgetOthers(): void {
    const { awareness } = this;
    const others = [...awareness.meta.keys()].filter((client) => client !== awareness.clientID);
    removeAwarenessStates(awareness, others, 'lost');
    for (const client of others) awareness.meta.delete(client);
  }

  destroy(): void {
    const { awareness } = this;
    awareness.off('update', this.onUpdate);
    const spoke = awareness.getLocalState() !== null;
    awareness.destroy();
    if (spoke && this.target.heard()) this.send();
  }

  private readonly onUpdate = ({ added, updated, removed }: Changes): void => {
    if (![...added, ...updated, ...removed].includes(this.awareness.clientID)) return;
    this.outdated = true;
    if (!this.sending) void this.sendPaced();
  };

  private async sendPaced(): Promise<void> {
    this.sending = true;
    while (this.outdated && this.target.heard()) {
      this.outdated = false;
      this.send();
      await this.target.wait(gapMs);
    }
    this.sending = false;
  }

  private send(): void {
    this.target.send(encodeAwarenessUpdate(this.awareness, [this.awareness.clientID]));
  }
}
