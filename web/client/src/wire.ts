import type { Json } from './merge-patch.js';
import type { RoomState } from './state.js';

/** What happened, beside the patch that says what is so now. */
export interface RoomEvent {
  type: string;
  by?: string;
  at?: number;
  [field: string]: unknown;
}

export interface PatchMessage {
  seq: number;
  at: number;
  events?: RoomEvent[];
  patch: Json;
}

/** Bytes as the hub protocol carries them: base64 under `json`. Only who shows a board has to know. */
export type Bytes = Uint8Array | string;

/** What a Join says of the board's replica: its state vector, or the number up to which it has everything. */
export interface JoinRequest {
  board?: Bytes;
  n?: number;
  skipBoard?: boolean;
}

export interface JoinAnswer extends ResyncMessage {
  protocol: number;
  you: string;
  /** The server's state vector. */
  missing?: Bytes;
}

export interface ResyncMessage {
  epoch: string;
  seq: number;
  now: number;
  state: RoomState;
  /** The number of the newest stored update of the board. */
  n?: number;
  /** The board's update: what the replica lacks, or the whole document. */
  board?: Bytes;
}

/** Somebody else's edit of the board. */
export interface BoardMessage {
  n: number;
  update: Bytes;
}

export type ByeReason = 'removed' | 'expired' | 'room_deleted' | 'too_slow' | 'rate_limited' | 'server_stopping';

export interface ByeMessage {
  reason: ByeReason;
  retryAfterMs?: number;
}
