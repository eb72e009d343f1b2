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

export interface JoinAnswer {
  protocol: number;
  you: string;
  epoch: string;
  seq: number;
  now: number;
  state: RoomState;
}

export interface ResyncMessage {
  epoch: string;
  seq: number;
  now: number;
  state: RoomState;
}

export type ByeReason = 'removed' | 'expired' | 'room_deleted' | 'too_slow' | 'rate_limited' | 'server_stopping';

export interface ByeMessage {
  reason: ByeReason;
  retryAfterMs?: number;
}
