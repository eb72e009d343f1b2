import type { Contract } from './state.js';

export type IdentifiedCommand = Contract['Command'];

/** Every order that a room takes, without the id that the connection gives it. */
export type RoomCommand = WithoutId<IdentifiedCommand>;

type WithoutId<Command> = Command extends unknown ? Omit<Command, 'id'> : never;

export type RefusalCode = Contract['RefusalCode'];
export type Refusal = Contract['CommandRefusal'];

/** What the room said to a command. A refusal is an answer, not an exception. */
export type Answer = Contract['Ack'];

/** 96 random bits; `crypto.randomUUID` is missing on plain http, where a room on the local network may well be. */
export function newCommandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
