import type { Json } from './merge-patch.js';
import type { Contract } from './state.js';

/** What happened, beside the patch that says what is so now; told apart by `type`. */
export type RoomEvent = Contract['RoomEvent'];

export type PatchMessage = Omit<Contract['PatchFrame'], 'patch'> & { patch: Json };

/** Bytes as the hub protocol carries them: base64 under `json`. Only who shows a board has to know. */
export type Bytes = Uint8Array | string;

/** The contract has bytes as they are under `json`. */
type Carrying<Frame, Field extends keyof Frame> = Omit<Frame, Field> & {
  [F in Field as undefined extends Frame[F] ? never : F]: Bytes;
} & { [F in Field as undefined extends Frame[F] ? F : never]?: Bytes };

/** What a Join says of the board's replica: its state vector, or the number up to which it has everything. */
export type JoinRequest = Carrying<Contract['JoinRequest'], 'board'>;

/** `board`: what the replica lacks, or the whole document. `missing`: the server's state vector. */
export type JoinAnswer = Carrying<Contract['JoinReply'], 'board' | 'missing'>;

export type ResyncMessage = Carrying<Contract['ResyncFrame'], 'board'>;

/** Somebody else's edit of the board. */
export type BoardMessage = Carrying<Contract['BoardFrame'], 'update'>;

export type ByeMessage = Contract['ByeFrame'];
export type ByeReason = ByeMessage['reason'];
