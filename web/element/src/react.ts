/** For React 19 and later: registers `session-room` and tells TypeScript's JSX what it and its parts take. */
import type { HTMLAttributes, ReactNode, RefAttributes } from 'react';
import type { CommandEvent } from './part.js';
import type { SessionRoomEvents } from './room/events.js';
import type { SessionRoomElement } from './session-room.js';

export * from './session-room.js';

type Given =
  | 'server'
  | 'token'
  | 'invite'
  | 'room'
  | 'name'
  | 'place'
  | 'view'
  | 'theme'
  | 'keys'
  | 'home'
  | 'join'
  | 'links'
  | 'renew';

type Heard = {
  [Name in keyof SessionRoomEvents as `on${Name}`]?: (event: CustomEvent<SessionRoomEvents[Name]>) => void;
};

export type SessionRoomProps = Omit<HTMLAttributes<SessionRoomElement>, Given> &
  RefAttributes<SessionRoomElement> &
  Partial<Pick<SessionRoomElement, Given>> &
  Heard & { 'onsr-command'?: (event: CommandEvent) => void; children?: ReactNode };

type PartName = 'sr-timer' | 'sr-queue' | 'sr-hands' | 'sr-floor' | 'sr-agenda' | 'sr-people' | 'sr-board';
type PartProps = HTMLAttributes<HTMLElement> & RefAttributes<HTMLElement> & { for?: string };

declare module 'react' {
  // React's own types are in this namespace.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace JSX {
    interface IntrinsicElements extends Record<PartName, PartProps> {
      'session-room': SessionRoomProps;
    }
  }
}
