import type { components } from './contract.js';

/** The shapes of the server's contract, by the names that it gives them. */
export type Contract = components['schemas'];

/** The room's state as the server serves it. Times are Unix milliseconds of the server's clock, durations milliseconds. */
export type RoomState = Contract['RoomState'];

export type Stage = Contract['Stage'];
export type Role = Contract['Role'];
export type Place = Contract['Place'];
export type Intent = Contract['Intent'];
export type QueuePolicy = Contract['QueuePolicy'];
export type QueueMode = Contract['QueueMode'];

export const roles: readonly Role[] = ['facilitator', 'noteTaker', 'member', 'guest', 'observer', 'projector'];
/** Strongest first, as the queue orders them. */
export const intents: readonly Intent[] = ['order', 'question', 'reply', 'topic'];
export const policies: readonly QueuePolicy[] = ['fifo', 'fair', 'round'];

export type Agreement = Contract['Agreement'];
export type RoomSettings = Contract['RoomSettings'];
/** Before the agreement is accepted only `id`, `title` and `agreement` are there. */
export type RoomFacts = Contract['RoomFacts'];
export type RaisedHand = Contract['RaisedHand'];
/** `seatOf`: the participant whose device holds this seat; absent for somebody with a device of their own. */
export type Person = Contract['Person'];
export type AgendaItem = Contract['AgendaItem'];
export type AgendaLedger = Contract['AgendaLedger'];
/** `since`: when the current item began. */
export type Agenda = Contract['Agenda'];
/** `endsAt` while running or in overtime, `remainingMs` while paused; the server sends no ticks. */
export type Timer = Contract['Timer'];
/** What placed an entry, in data: every key that the policy looked at. */
export type QueueReason = Contract['QueueReason'];
export type QueueEntry = Contract['QueueEntry'];
export type Queue = Contract['Queue'];
export type HeldTurn = Contract['HeldTurn'];
export type Floor = Contract['Floor'];
