import type { BoardListener, BoardPresence, BoardSource, BoardStatus } from '@session-room/client/board';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs';

/** A board in memory, as one person has it. */
export class TestBoard implements BoardSource {
  doc = new Doc();
  awareness = new Awareness(this.doc);
  status: BoardStatus = { synced: true, unsaved: 0, writable: true };
  private readonly listeners = new Set<BoardListener>();
  private readonly peers: TestBoard[] = [];

  constructor(readonly pid: string) {
    this.relay();
  }

  /** Two people's boards, of which each hears the other at once. */
  static pair(one = 'ann', other = 'bob'): [TestBoard, TestBoard] {
    const boards: [TestBoard, TestBoard] = [new TestBoard(one), new TestBoard(other)];
    boards[0].peers.push(boards[1]);
    boards[1].peers.push(boards[0]);
    return boards;
  }

  subscribe(listener: BoardListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  present(change: Partial<BoardPresence>): void {
    const state = { ...this.awareness.getLocalState(), pid: this.pid, ...change };
    this.awareness.setLocalState(Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined)));
  }

  /** What this person says of themselves. */
  get presence(): BoardPresence {
    return this.awareness.getLocalState() ?? {};
  }

  say(status: Partial<BoardStatus>): void {
    this.status = { ...this.status, ...status };
    for (const listener of this.listeners) listener.status?.(this.status);
  }

  /** The room began the board anew, with this content. */
  reset(content = new Doc()): void {
    this.doc = new Doc();
    this.awareness = new Awareness(this.doc);
    applyUpdate(this.doc, encodeStateAsUpdate(content), this);
    this.relay();
    for (const listener of this.listeners) listener.reset?.();
  }

  private relay(): void {
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) for (const peer of this.peers) applyUpdate(peer.doc, update, peer);
    });
    this.awareness.on('update', (_: unknown, origin: unknown) => {
      if (origin === this) return;
      const update = encodeAwarenessUpdate(this.awareness, [this.doc.clientID]);
      for (const peer of this.peers) applyAwarenessUpdate(peer.awareness, update, peer);
    });
  }
}
