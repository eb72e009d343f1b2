import { vi, expect } from 'vitest';
import { RoomConnection, type RoomConnectionOptions } from '../connection.js';
import { FakeRoom } from '../fake-room.js';
import type { RoomState } from '../state.js';
import { FakeBoard } from './fake-board.js';
import { RoomBoard, type RoomBoardOptions } from './room-board.js';
import type { BoardStatus } from './source.js';

export const nextTurn = () => new Promise<void>((resolve) => setTimeout(resolve));

export class BoardRoom extends FakeRoom {
  override board = new FakeBoard();

  constructor(room: Partial<RoomState['room']> = {}) {
    super();
    this.state.room = { ...this.state.room, ...room };
  }

  get notes(): string {
    return this.board.doc.getText('notes').toString();
  }

  /** Somebody else writes at the end of the notes. */
  write(text: string): void {
    this.board.edit((doc) => doc.getText('notes').insert(doc.getText('notes').length, text));
  }
}

/** A page that shows the board, from its load to its end. */
export class BoardPage {
  static readonly all: BoardPage[] = [];
  readonly connection: RoomConnection;
  readonly board: RoomBoard;
  readonly statuses: BoardStatus[] = [];
  readonly waits: number[] = [];
  resets = 0;

  constructor(room: FakeRoom, options: Partial<RoomConnectionOptions> & RoomBoardOptions = {}) {
    const wait = (ms: number) =>
      ms >= 30_000 ? new Promise<void>(() => undefined) : (this.waits.push(ms), nextTurn());
    this.connection = new RoomConnection({
      token: 't1',
      format: 'messagepack',
      link: room.factory,
      wait,
      random: () => 0,
      ...options,
    });
    this.board = new RoomBoard(this.connection, { wait, random: () => 0, ...options });
    this.board.subscribe({ status: (status) => this.statuses.push(status), reset: () => this.resets++ });
    this.connection.start();
    BoardPage.all.push(this);
  }

  static async open(room: FakeRoom, options?: Partial<RoomConnectionOptions> & RoomBoardOptions): Promise<BoardPage> {
    const page = new BoardPage(room, options);
    await page.settled();
    return page;
  }

  get notes(): string {
    return this.board.doc.getText('notes').toString();
  }

  write(text: string): void {
    this.board.doc.getText('notes').insert(this.board.doc.getText('notes').length, text);
  }

  /** Joined, and everything answered. */
  settled(): Promise<void> {
    return vi.waitFor(() => expect(this.board.status).toMatchObject({ synced: true, unsaved: 0 }), { interval: 1 });
  }

  /** Closed as browsers close a page: nobody is asked. */
  async close(): Promise<void> {
    await this.connection.leave();
    await this.board.destroy();
  }

  static async closeAll(): Promise<void> {
    await Promise.all(BoardPage.all.splice(0).map((page) => page.close()));
  }
}
