import type { Answer, RoomCommand } from '@session-room/client';
import type { SessionRoomEvents } from '../room/events.js';
import { isSealed, seal, type FrameSettings, type ToFrame, type ToHost } from './bridge.js';

export { bridgeVersion, type FrameSettings, type ToFrame, type ToHost } from './bridge.js';

export type FrameEvents = SessionRoomEvents & { 'sr-command': RoomCommand };

export interface EmbedOptions extends FrameSettings {
  /** Asked for another token when the one there is has expired or is about to. Rejecting has it asked again later. */
  renew?: () => Promise<string>;
}

/** A room in a frame, as the page around it drives it. */
export interface EmbeddedRoom {
  /** Asks the room for something. Resolves with its answer; with none ever, once closed. */
  do(command: RoomCommand): Promise<Answer>;
  /** Calls with the detail of each such event, until the returned function is called. */
  on<Name extends keyof FrameEvents>(name: Name, listener: (detail: FrameEvents[Name]) => void): () => void;
  /** Changes what the frame was given; null takes a setting away. */
  set(settings: Extract<ToFrame, { type: 'set' }>['settings']): void;
  /** Ends the visit. */
  leave(): void;
  /** Stops listening; the frame is the host's to remove. */
  close(): void;
}

const types = ['ready', 'event', 'answer', 'renew'] as const satisfies ToHost['type'][];

/**
 * Drives the room in a frame whose `src` is `/embed/{room}` of a server. Called before or after the frame has loaded;
 * a frame that loads anew is given the same again.
 */
export function embedRoom(frame: HTMLIFrameElement, { renew, ...settings }: EmbedOptions): EmbeddedRoom {
  const { origin } = new URL(frame.src, location.href);
  const listeners = new Map<string, Set<(detail: never) => void>>();
  const answers = new Map<number, (answer: Answer) => void>();
  let now: Extract<ToFrame, { type: 'set' }>['settings'] = settings;
  let count = 0;
  let ready = false;
  let early: ToFrame[] = [];

  const post = (message: ToFrame): void => {
    if (ready) frame.contentWindow?.postMessage(seal(message), origin);
    else early.push(message);
  };
  const greet = (): void => {
    ready = true;
    const given = Object.fromEntries(Object.entries(now).filter(([, value]) => value !== null));
    post({ type: 'hello', settings: given as FrameSettings, renews: renew !== undefined });
    for (const message of early.splice(0)) post(message);
  };
  const hear = ({ data, source, origin: from }: MessageEvent): void => {
    if (source !== frame.contentWindow || from !== origin || !isSealed<ToHost>(data, types)) return;
    const message = data as ToHost;
    switch (message.type) {
      case 'ready':
        return greet();
      case 'event':
        return listeners.get(message.name)?.forEach((listener) => listener(message.detail as never));
      case 'answer':
        answers.get(message.id)?.(message.answer);
        return void answers.delete(message.id);
      case 'renew':
        renew?.().then(
          (token) => post({ type: 'token', id: message.id, token }),
          () => post({ type: 'token', id: message.id }),
        );
    }
  };
  addEventListener('message', hear);
  // A frame that was there first has said that it is ready to nobody.
  const load = (): void => {
    if (!ready) greet();
  };
  frame.addEventListener('load', load);

  return {
    do: (command) =>
      new Promise((resolve) => {
        const id = ++count;
        answers.set(id, resolve);
        post({ type: 'do', id, command });
      }),
    on(name, listener) {
      const all = listeners.get(name) ?? new Set();
      listeners.set(name, all.add(listener));
      return () => void all.delete(listener);
    },
    set(changed) {
      now = { ...now, ...changed };
      if (ready) post({ type: 'set', settings: changed });
    },
    leave: () => post({ type: 'leave' }),
    close() {
      removeEventListener('message', hear);
      frame.removeEventListener('load', load);
      early = [];
    },
  };
}
