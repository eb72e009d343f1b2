import type { SessionRoomEvents } from '../room/events.js';
import type { SessionRoomElement } from '../room/session-room.component.js';
import { isSealed, seal, type FrameSettings, type ToFrame, type ToHost } from './bridge.js';

const firstCallMs = 250;
const longestCallMs = 5_000;

const types = ['hello', 'set', 'do', 'leave', 'token'] as const satisfies ToFrame['type'][];
const texts = ['token', 'invite', 'view', 'lang', 'theme', 'name', 'place'] as const satisfies (keyof FrameSettings)[];
const told = [
  'sr-joined',
  'sr-state',
  'sr-status',
  'sr-answer',
  'sr-left',
  'sr-refused',
] as const satisfies (keyof SessionRoomEvents)[];

/** Where a frame hears its host from, and speaks to it; a window's `parent` and `addEventListener`. */
export interface FrameWindow {
  readonly parent: Pick<Window, 'postMessage'>;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/**
 * Lets the page that frames this one drive the element, and hear it. It listens to its parent alone, and from the first
 * good hello on to that one's origin alone. Until then it says again and again that it is ready: a host that fetches a
 * token first listens only after the frame has loaded.
 */
export function answerHost(element: SessionRoomElement, window: FrameWindow): void {
  const { parent } = window;
  let origin: string | undefined;
  let asked = 0;
  const waiting = new Map<number, { resolve(token: string): void; reject(error: Error): void }>();
  const post = (message: ToHost): void => {
    if (origin !== undefined) parent.postMessage(seal(message), origin);
  };

  window.addEventListener('message', ({ data, source, origin: from }) => {
    // An opaque origin cannot be told from another, nor written to alone.
    if (source !== parent || from === 'null' || !isSealed<ToFrame>(data, types)) return;
    if (origin === undefined ? data.type !== 'hello' : from !== origin) return;
    const message = data as ToFrame;
    switch (message.type) {
      case 'hello':
        if (origin !== undefined) return;
        origin = from;
        if (message.renews) element.renew = renew;
        return set(element, message.settings);
      case 'set':
        return set(element, message.settings);
      case 'do':
        if (!isCommand(message.command)) return;
        return void element.do(message.command).then((answer) => post({ type: 'answer', id: message.id, answer }));
      case 'leave':
        return element.leave();
      case 'token': {
        const { resolve, reject } = waiting.get(message.id) ?? {};
        waiting.delete(message.id);
        if (typeof message.token === 'string') resolve?.(message.token);
        else reject?.(new Error('The host has no token.'));
      }
    }
  });

  function renew(): Promise<string> {
    const id = ++asked;
    post({ type: 'renew', id });
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  }

  for (const name of told)
    element.addEventListener(name, ({ detail }) => post({ type: 'event', name, detail } as ToHost));
  element.addEventListener('sr-command', ({ detail }) => post({ type: 'event', name: 'sr-command', detail }));
  const call = (pause: number): void => {
    if (origin !== undefined) return;
    parent.postMessage(seal({ type: 'ready' }), '*');
    setTimeout(() => call(Math.min(pause * 2, longestCallMs)), pause);
  };
  call(firstCallMs);
}

function set(element: SessionRoomElement, settings: unknown): void {
  if (typeof settings !== 'object' || settings === null) return;
  for (const key of texts) {
    const value = (settings as Record<string, unknown>)[key];
    if (value === null) element.removeAttribute(key);
    // A host names an invite of the room that it frames; a link to another server would be another matter.
    else if (typeof value === 'string' && !(key === 'invite' && value.includes('#'))) element.setAttribute(key, value);
  }
}

function isCommand(command: unknown): boolean {
  return typeof command === 'object' && command !== null && typeof (command as { type?: unknown }).type === 'string';
}
