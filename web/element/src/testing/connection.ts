import type { Answer, ConnectionStatus, Ending, RoomCommand, RoomListener, RoomState } from '@session-room/client';
import type { RoomConnectionOptions, RoomEvent } from '@session-room/client';

const live: ConnectionStatus = { phase: 'live', waiting: [], delayed: false };

/** Stands in for `RoomConnection` where a test itself says what the room says. */
export class ToldConnection {
  static readonly all: ToldConnection[] = [];
  static get last(): ToldConnection {
    return ToldConnection.all.at(-1)!;
  }

  you = 'ann';
  clock = { now: Date.now };
  status: ConnectionStatus = { phase: 'connecting', waiting: [], delayed: false };
  ageMs = 0;
  started = false;
  left = false;
  readonly asked: RoomCommand[] = [];
  readonly tokens: string[] = [];
  answer: Answer = { ok: true, seq: 1 };
  wakings = 0;
  private listener: RoomListener = {};

  constructor(readonly options: RoomConnectionOptions) {
    ToldConnection.all.push(this);
  }

  subscribe(listener: RoomListener): void {
    this.listener = listener;
  }

  start(): void {
    this.started = true;
  }

  leave(): Promise<void> {
    this.left = true;
    this.listener.status?.({ ...live, phase: 'closed', ending: 'left' });
    return Promise.resolve();
  }

  do(command: RoomCommand): Promise<Answer> {
    this.asked.push(command);
    return Promise.resolve(this.answer);
  }

  wake(): void {
    this.wakings++;
  }

  replaceToken(token: string): void {
    this.tokens.push(token);
  }

  say(what: { state?: RoomState; events?: readonly RoomEvent[]; ending?: Ending }): void {
    if (what.state) this.listener.state?.(what.state, what.events ?? []);
    this.status = what.ending ? { ...live, phase: 'closed', ending: what.ending } : live;
    this.listener.status?.(this.status);
  }
}
