import type {
  Answer,
  ConnectionStatus,
  Ending,
  Place,
  Role,
  RoomCommand,
  RoomEvent,
  RoomState,
} from '@session-room/client';

/** The room let this person in: with an invite as soon as it was taken, with a token when the hub answered. */
export interface Joined {
  room: string;
  you: string;
  role?: Role;
  name?: string;
  place?: Place;
  /** A visit goes on with a new token; nobody came in anew. */
  again: boolean;
}

/** The room is another one than before. `events` say what happened; none after a join or when everything came anew. */
export interface Changed {
  state: RoomState;
  you?: string;
  events: readonly RoomEvent[];
}

/** A person's command and what the room said to it. */
export interface Answered {
  command: RoomCommand;
  answer: Answer;
}

/** The visit is over: for good, because the person would not agree, or because they or the host left. */
export interface Left {
  reason: Ending | 'declined';
}

/**
 * Joining with an invite failed: `status` is that of HTTP, 0 where nothing answered. `message` is the server's, or the
 * browser's. `origin`: no page of this address may use the room, whatever the invite.
 */
export interface Refused {
  status: number;
  message: string;
  origin: boolean;
}

/** `refused`: the server lets no page of this address into the room. The key that made it has to list the address. */
export interface SessionStatus extends Omit<ConnectionStatus, 'phase'> {
  phase: ConnectionStatus['phase'] | 'refused';
}

/** What a `session-room` tells its host beside `sr-command`; each bubbles and leaves shadow roots. */
export interface SessionRoomEvents {
  'sr-joined': Joined;
  'sr-state': Changed;
  'sr-status': SessionStatus;
  'sr-answer': Answered;
  'sr-left': Left;
  'sr-refused': Refused;
}

/** A person pressed Leave; prevented, they stay. What comes of it is `sr-left`. */
export type LeaveEvent = CustomEvent<null>;

type SessionRoomEventMap = { [Name in keyof SessionRoomEvents]: CustomEvent<SessionRoomEvents[Name]> };

declare global {
  interface HTMLElementEventMap extends SessionRoomEventMap {
    'sr-leave': LeaveEvent;
  }
}

export function tell<Name extends keyof SessionRoomEvents>(
  from: EventTarget,
  name: Name,
  detail: SessionRoomEvents[Name],
): void {
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
