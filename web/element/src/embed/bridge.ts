import type { Answer, RoomCommand } from '@session-room/client';
import type { SessionRoomEvents } from '../room/events.js';
import type { SessionRoomView } from '../room/session-room.component.js';

/** Of the messages below. A frame answers a hello of another version with its own in `ready`, and takes nothing else. */
export const bridgeVersion = 1;
const name = 'session-room';

/** What a framed room is to show. */
export interface FrameSettings {
  token?: string;
  /** The bare invite; the room is the one in the frame's address. */
  invite?: string;
  view?: SessionRoomView;
  lang?: string;
  theme?: 'light' | 'dark';
  name?: string;
  place?: 'remote' | 'inRoom';
}

/** From the host's page to the frame. The first must be `hello`: its origin is the only one that the frame then knows. */
export type ToFrame =
  | { type: 'hello'; settings: FrameSettings; renews: boolean }
  /** Changes what was said before; a key that is null is taken away. */
  | { type: 'set'; settings: { [Name in keyof FrameSettings]: FrameSettings[Name] | null } }
  | { type: 'do'; id: number; command: RoomCommand }
  | { type: 'leave' }
  /** The answer to `renew`: none says that there is no other token to be had now. */
  | { type: 'token'; id: number; token?: string };

type Told = { [Name in keyof SessionRoomEvents]: { type: 'event'; name: Name; detail: SessionRoomEvents[Name] } };

/** From the frame to the host's page. */
export type ToHost =
  /** Before any hello, to whoever frames it: it holds nothing but the version. */
  | { type: 'ready' }
  | Told[keyof Told]
  | { type: 'event'; name: 'sr-command'; detail: RoomCommand }
  | { type: 'answer'; id: number; answer: Answer }
  | { type: 'renew'; id: number };

export type Sealed<Message> = Message & { [name]: typeof bridgeVersion };

export function seal<Message extends ToFrame | ToHost>(message: Message): Sealed<Message> {
  return { ...message, [name]: bridgeVersion };
}

/** What came is one of these messages, of this version; anybody may post anything. */
export function isSealed<Message extends { type: string }>(
  data: unknown,
  types: readonly Message['type'][],
): data is Sealed<Message> {
  if (typeof data !== 'object' || data === null) return false;
  const { [name]: version, type } = data as { [name]?: unknown; type?: unknown };
  return version === bridgeVersion && types.includes(type as Message['type']);
}
