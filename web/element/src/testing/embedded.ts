import { vi } from 'vitest';
import type { SessionRoomElement } from '../room/session-room.component.js';
import { TestBoard } from './board.js';
import { ToldConnection } from './connection.js';
import { person, room } from './room.js';

/** A board that a `session-room` has opened. */
export class OpenedBoard extends TestBoard {
  static readonly all: OpenedBoard[] = [];
  destroyed = false;

  constructor() {
    super('ann');
    OpenedBoard.all.push(this);
  }

  destroy(): Promise<void> {
    this.destroyed = true;
    return Promise.resolve();
  }
}

export const entry = { token: 'from-invite', participantId: 'ann', role: 'member', expiresAt: 1 };
export const agreeing = () => {
  const state = room({ people: { ann: person('Ann', 'member', { agreed: false }) } });
  state.room.agreement = { version: 1, text: 'Be kind.' };
  return { room: state.room, people: state.people };
};
export const later = () => new Promise<void>((resolve) => setTimeout(resolve));

/** A `session-room` in somebody’s page, and all that it tells. */
export async function embed(attributes: Record<string, string>, inside = '') {
  const host = document.createElement('div');
  const names = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
  host.innerHTML = `<session-room ${names.join(' ')}>${inside}</session-room>`;
  document.body.replaceChildren(host);
  const element = host.querySelector('session-room')!;
  const heard: [string, unknown][] = [];
  for (const name of ['sr-joined', 'sr-state', 'sr-status', 'sr-command', 'sr-answer', 'sr-left', 'sr-refused'])
    host.addEventListener(name, (event) => heard.push([name, (event as CustomEvent).detail]));
  await element.updateComplete;
  const of = (name: string) => heard.filter(([each]) => each === name).map(([, detail]) => detail);
  return { element, root: element.shadowRoot!, heard, of };
}

export async function say(element: SessionRoomElement, what: Parameters<ToldConnection['say']>[0]) {
  ToldConnection.last.say(what);
  await element.updateComplete;
}

/** What every request by HTTP is answered with. */
export function door(answer: () => Response | Promise<Response>) {
  const fetched = vi.fn<typeof fetch>(() => Promise.resolve(answer()));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}
