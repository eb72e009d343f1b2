import type { BoardMessage, Bytes, JoinAnswer, JoinRequest, ResyncMessage } from '../wire.js';

/**
 * The board's end of a connection. The state that comes with a snapshot has been told to the listeners before the
 * board's part of it is handed over here.
 */
export interface BoardPort {
  /** Called for each Join. */
  join(): BoardJoin;
  resync(message: ResyncMessage): void;
  frame(message: BoardMessage): void;
  aware(update: Bytes): void;
}

export interface BoardJoin {
  /** What the Join says of the replica. */
  readonly request: JoinRequest;
  /** False where the answer is of no use to the replica and the room is to be joined once more. */
  answered(answer: JoinAnswer): boolean;
}
