import type { AgendaItem, Intent, QueueMode, QueuePolicy, Role } from './state.js';

/** Every order that a room takes, without the id that the connection gives it. */
export type RoomCommand =
  | { type: 'agreement.accept'; version: number | string; pid?: string }
  | { type: 'session.start' | 'session.end' }
  | { type: 'agenda.set'; items: AgendaItem[] }
  | { type: 'agenda.go'; itemId: string }
  | { type: 'timer.start'; durationMs: number }
  | { type: 'timer.pause' | 'timer.resume' | 'timer.stop' }
  | { type: 'timer.extend'; byMs: number }
  | { type: 'hand.raise'; intent?: Intent; pid?: string }
  | { type: 'hand.lower'; pid?: string }
  | { type: 'queue.admit' | 'queue.invite'; pid: string }
  | { type: 'queue.remove'; entryId: string }
  | { type: 'queue.move'; entryId: string; afterId?: string }
  | { type: 'queue.open' | 'queue.close' }
  | { type: 'queue.policy'; policy?: QueuePolicy; mode?: QueueMode }
  | { type: 'floor.next'; expect?: string }
  | { type: 'floor.give'; pid: string }
  | { type: 'floor.yield' }
  | { type: 'role.assign'; pid: string; role: Role }
  | { type: 'role.claim' }
  | { type: 'people.seat'; name: string; device?: string }
  | { type: 'people.rename'; name: string; pid?: string }
  | { type: 'people.remove'; pid: string }
  | { type: 'record.off' }
  | { type: 'record.on'; keep?: boolean };

export type IdentifiedCommand = RoomCommand & { id: string };

export type RefusalCode =
  | 'forbidden'
  | 'not_agreed'
  | 'stale'
  | 'invalid'
  | 'not_found'
  | 'closed'
  | 'rate_limited'
  | 'too_large'
  | 'ended'
  | 'unavailable';

export interface Refusal {
  code: RefusalCode;
  message?: string;
}

/** What the room said to a command. A refusal is an answer, not an exception. */
export type Answer = { ok: true; seq: number; result?: { pid?: string } } | { ok: false; seq: number; error: Refusal };

/** 96 random bits; `crypto.randomUUID` is missing on plain http, where a room on the local network may well be. */
export function newCommandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
