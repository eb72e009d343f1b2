import type { Awareness } from 'y-protocols/awareness';
import type { Doc } from 'yjs';
import { backoff } from '../backoff.js';
import type { RefusalCode } from '../commands.js';
import type { ConnectionStatus, Ending, RoomConnection } from '../connection.js';
import type { RoomState } from '../state.js';
import type { Bytes, JoinAnswer, JoinRequest, ResyncMessage } from '../wire.js';
import { BoardStore, databaseOf } from './board-store.js';
import { pack, unpack } from './bytes.js';
import type { BoardPort } from './port.js';
import type { Edit, Pace } from './push-queue.js';
import { Replica } from './replica.js';
import { eraOf, isInside, mayWrite } from './rules.js';
import type { BoardListener, BoardPresence, BoardSource, BoardStatus } from './source.js';

/** What a board needs of its connection. */
export type BoardConnection = Pick<
  RoomConnection,
  'state' | 'epoch' | 'format' | 'you' | 'status' | 'subscribe' | 'attach' | 'rejoin' | 'push' | 'aware'
>;

export interface RoomBoardOptions {
  /** How long edits are collected before they are pushed as one, milliseconds. 50 by default. */
  collectMs?: number;
  /** Whether unsaved edits and the room's content outlive the page, in IndexedDB where there is one. True by default. */
  keep?: boolean;
  wait?(ms: number): Promise<void>;
  random?(): number;
}

/** After these there is no way back to the room, and nothing of its board is left behind. */
const gone: readonly (Ending | undefined)[] = ['removed', 'room_deleted', 'not_found'];

/**
 * The room's board over a connection: joins it by state vector, pushes edits until they are answered, keeps what is not
 * answered across reloads, and starts over when the room's board is another one or refuses an edit.
 */
export class RoomBoard implements BoardSource {
  private replica: Replica;
  private readonly listeners = new Set<BoardListener>();
  private readonly pace: Pace;
  private readonly unsubscribe: () => void;
  private store?: BoardStore;
  /** Which life of the board the replica follows; unset until the room is open to this person. */
  private era?: string;
  private epoch?: string;
  private offRecord = false;
  private attached = false;
  /** The room hears us, and we hear all of the board. */
  private joined = false;
  /** The replica started over by itself: until its Join is answered, what the room sends is less than it lacks. */
  private alone = false;
  private live = false;
  private over = false;
  private refused?: RefusalCode;
  private told: BoardStatus;

  private readonly pack = (bytes: Uint8Array): Bytes => pack(bytes, this.connection.format);

  private readonly port: BoardPort = {
    join: () => {
      const { replica } = this;
      const request = replica.question(this.offRecord, this.pack);
      return { request, answered: (answer) => this.answered(replica, request, answer) };
    },
    resync: (message) => this.onResync(message),
    frame: ({ n, update }) => {
      // Before the first answer to Join this is in that answer too, and until then it rests on what is not here yet.
      if (this.replica.synced) this.replica.follow(unpack(update), n);
    },
    aware: (update) => this.replica.presence.apply(unpack(update)),
  };

  constructor(
    private readonly connection: BoardConnection,
    private readonly options: RoomBoardOptions = {},
  ) {
    const wait = options.wait ?? ((ms) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
    this.pace = { collectMs: options.collectMs ?? 50, wait, random: options.random };
    this.replica = this.newReplica();
    this.told = this.status;
    this.unsubscribe = connection.subscribe({
      state: (state) => this.onState(state),
      status: (status) => this.onStatus(status),
    });
    this.onStatus(connection.status);
    if (connection.state) this.onState(connection.state);
  }

  get doc(): Doc {
    return this.replica.doc;
  }

  get awareness(): Awareness {
    return this.replica.presence.awareness;
  }

  get status(): BoardStatus {
    const { synced, queue } = this.replica;
    return { synced, unsaved: queue.edits.length, writable: this.writable, refused: this.refused };
  }

  subscribe(listener: BoardListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  present(change: Partial<BoardPresence>): void {
    this.replica.presence.present(change);
  }

  /** Leaves the board; with `forget` nothing of it stays in the browser, unsaved edits included. */
  async destroy({ forget = false } = {}): Promise<void> {
    if (this.over) return;
    // The room gets the last edits, and the others are told, while the connection still hears of the board.
    const flushed = this.replica.queue.flush();
    this.replica.destroy();
    this.over = true;
    this.unsubscribe();
    if (this.attached) this.connection.attach(undefined);
    this.listeners.clear();
    if (forget) return this.store?.forget();
    await flushed;
    await this.store?.close();
  }

  private get writable(): boolean {
    const { state, you } = this.connection;
    return !this.over && state !== undefined && mayWrite(state, you);
  }

  private newReplica(): Replica {
    const replica: Replica = new Replica(
      {
        mayWrite: () => this.writable,
        edited: (update) => {
          const edit = replica.queue.add(update);
          if (!this.offRecord) this.store?.addEdits([edit]);
          this.tell();
        },
        received: (update) => {
          if (!this.offRecord) this.store?.addContent(update, () => replica.whole());
        },
        push: (update) => this.connection.push(this.pack(update)),
        saved: (edits, update) => this.onSaved(replica, edits, update),
        refused: (code) => {
          const { edits } = replica.queue;
          this.startOver(code);
          this.alone = true;
          this.store?.settle(edits);
          this.store?.replaceContent(this.replica.whole());
          this.connection.rejoin();
        },
        heard: () => this.joined && this.writable,
        send: (update) => this.connection.aware(this.pack(update)),
        wait: (ms) => this.pace.wait(ms),
      },
      this.pace,
    );
    return replica;
  }

  private onState(state: RoomState): void {
    const { epoch, you } = this.connection;
    if (epoch === undefined || you === undefined || !isInside(state, you)) this.withdraw();
    else {
      this.follow(eraOf(epoch, state), state, you);
      this.goOn(epoch);
      this.setOffRecord(state.room.offRecord === true);
      if (this.joined && this.writable && !this.told.writable) this.replica.presence.announce();
    }
    this.tell();
  }

  private follow(era: string, state: RoomState, you: string): void {
    if (era === this.era) return;
    const first = this.era === undefined;
    this.era = era;
    if (first) {
      if (this.options.keep !== false) this.store = new BoardStore(databaseOf(state.room.id, you), era);
      void this.enter();
      return;
    }
    this.startOver();
    this.alone = false;
    this.store?.begin(era);
    // The whole document comes with a resync, or with the Join that follows on one whose answer said so. Asking is for
    // when it does not; not for everybody at the same moment.
    const { replica } = this;
    void this.pace.wait(backoff(2, this.pace.random)).then(() => {
      if (replica === this.replica && !this.over && this.attached && !replica.synced) this.connection.rejoin();
    });
  }

  /** Another epoch of the same room: its log was written back. The replica stays, and is compared with what the room has. */
  private goOn(epoch: string): void {
    const before = this.epoch;
    this.epoch = epoch;
    if (before === undefined || before === epoch || !this.replica.synced) return;
    this.replica.compare();
    this.connection.rejoin();
  }

  /** Begins with what earlier pages kept; then the board is joined. */
  private async enter(): Promise<void> {
    const { replica, store } = this;
    const kept = await store?.load();
    if (this.over) return;
    if (kept && replica === this.replica) {
      replica.restore(kept.content);
      replica.restore(kept.edits.map(({ update }) => update));
      replica.queue.restore(kept.edits);
    }
    this.attached = true;
    this.connection.attach(this.port);
    this.tell();
  }

  private answered(replica: Replica, request: JoinRequest, answer: JoinAnswer): boolean {
    if (this.over || !isInside(answer.state, answer.you)) return true;
    if (replica !== this.replica) return false;
    if (answer.board) {
      replica.catchUp(unpack(answer.board), answer.n);
      const lost = request.board && answer.missing && replica.compared(unpack(answer.missing));
      if (lost) replica.queue.add(lost);
      this.alone = false;
      this.arrive();
      return true;
    }
    // The room does not know that number any more, and is asked by state vector next. Only a server without boards says
    // nothing to that.
    replica.forgetNumber();
    return request.n === undefined;
  }

  private onResync({ board, n }: ResyncMessage): void {
    if (!board) return;
    if (this.alone) return;
    this.replica.catchUp(unpack(board), n);
    this.arrive();
  }

  private arrive(): void {
    this.joined = true;
    this.replica.presence.announce();
    this.replica.queue.open();
    this.tell();
  }

  private withdraw(): void {
    this.joined = false;
    this.replica.queue.close();
  }

  private onSaved(replica: Replica, edits: readonly Edit[], update: Uint8Array): void {
    if (replica !== this.replica) {
      // The room took it before it heard that the replica is gone, and does not send it back to where it came from.
      this.replica.forgetNumber();
      return this.over ? undefined : this.connection.rejoin();
    }
    this.store?.settle(edits, this.offRecord ? undefined : update);
    this.refused = undefined;
    this.tell();
  }

  private setOffRecord(offRecord: boolean): void {
    const kept = this.offRecord && !offRecord;
    this.offRecord = offRecord;
    if (!kept) return;
    this.store?.replaceContent(this.replica.whole());
    this.store?.addEdits(this.replica.queue.edits);
  }

  /** A new document under a new client id, which the next answer to Join fills; unsaved edits are lost. */
  private startOver(refused?: RefusalCode): void {
    const former = this.replica;
    this.refused = refused ?? (former.queue.edits.length > 0 ? 'stale' : undefined);
    this.replica = this.newReplica();
    // The caret is given in terms of the former document.
    this.present({ ...former.presence.own, caret: undefined });
    for (const listener of this.listeners) listener.reset?.();
    former.destroy();
    this.joined = false;
    this.tell();
  }

  private onStatus({ phase, ending }: ConnectionStatus): void {
    const lost = this.live && phase !== 'live';
    this.live = phase === 'live';
    if (lost) {
      this.withdraw();
      this.replica.presence.forgetOthers();
    }
    if (gone.includes(ending)) this.forget();
  }

  private forget(): void {
    void this.store?.forget();
    this.store = undefined;
  }

  private tell(): void {
    const { told, status } = this;
    const ended = this.connection.state?.room.stage === 'ended';
    if (ended && this.attached && status.unsaved === 0) this.forget();
    const changed = (Object.keys(status) as (keyof BoardStatus)[]).some((key) => status[key] !== told[key]);
    if (!changed) return;
    this.told = status;
    for (const listener of this.listeners) listener.status?.(status);
  }
}
