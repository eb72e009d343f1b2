/** The room's state as the server serves it. Times are Unix milliseconds of the server's clock, durations milliseconds. */
export interface RoomState {
  room: RoomFacts;
  people: Record<string, Person>;
  agenda?: Agenda;
  timer?: Timer;
  queue?: Queue;
  floor?: Floor;
}

export type Stage = 'lobby' | 'live' | 'ended';
export type Role = 'facilitator' | 'noteTaker' | 'member' | 'guest' | 'observer' | 'projector';
export type Place = 'remote' | 'inRoom';
export type Intent = 'order' | 'question' | 'reply' | 'topic';
export type QueuePolicy = 'fifo' | 'fair' | 'round';
export type QueueMode = 'open' | 'moderated';

export const roles: readonly Role[] = ['facilitator', 'noteTaker', 'member', 'guest', 'observer', 'projector'];
/** Strongest first, as the queue orders them. */
export const intents: readonly Intent[] = ['order', 'question', 'reply', 'topic'];
export const policies: readonly QueuePolicy[] = ['fifo', 'fair', 'round'];

export interface Agreement {
  version: number | string;
  text: string;
  /** The project's server says so when the room has a gate; an agreement with a text has one anyway. */
  required?: boolean;
}

export interface RoomSettings {
  queuePolicy?: QueuePolicy;
  queueMode?: QueueMode;
  speakerLimitMs?: number;
  graceMs?: number;
}

export interface RoomFacts {
  id: string;
  title: string;
  purpose?: string;
  stage?: Stage;
  startedAt?: number;
  endedAt?: number;
  agreement?: Agreement;
  offRecord?: boolean;
  /** Grows when what was written off the record is thrown away; absent for 0. */
  boardEpoch?: number;
  settings?: RoomSettings;
}

export interface RaisedHand {
  intent: Intent;
  at: number;
}

export interface Person {
  name: string;
  role: Role;
  place?: Place;
  online?: boolean;
  agreed?: boolean;
  /** The participant whose device holds this seat; absent for somebody with a device of their own. */
  seatOf?: string;
  hand?: RaisedHand;
  turns?: number;
  talkMs?: number;
  invitedAt?: number;
}

export interface AgendaItem {
  id: string;
  title: string;
  kind?: string;
  durationMs?: number;
  presenterId?: string;
  spentMs?: number;
}

export interface AgendaLedger {
  plannedMs?: number;
  spentMs?: number;
  borrowedMs?: number;
  expectedEndAt?: number;
}

export interface Agenda {
  items?: AgendaItem[];
  current?: string;
  /** When the current item began. */
  since?: number;
  ledger?: AgendaLedger;
}

/** `endsAt` while running or in overtime, `remainingMs` while paused; the server sends no ticks. */
export interface Timer {
  status: 'idle' | 'running' | 'paused' | 'overtime';
  durationMs?: number;
  endsAt?: number;
  remainingMs?: number;
  itemId?: string;
}

/** What placed an entry, in data: every key that the policy looked at. */
export interface QueueReason {
  intent?: Intent;
  turns?: number;
  talkMs?: number;
  at?: number;
  pinned?: boolean;
}

export interface QueueEntry {
  id: string;
  pid: string;
  intent: Intent;
  at: number;
  pinned?: boolean;
  why?: QueueReason;
}

export interface Queue {
  open?: boolean;
  entries?: QueueEntry[];
}

export interface HeldTurn {
  entryId?: string;
  pid: string;
  intent?: Intent;
}

export interface Floor {
  entryId?: string;
  pid?: string;
  intent?: Intent;
  since?: number;
  limitMs?: number;
  held?: HeldTurn[];
}
