import type { RoomCommand } from '@session-room/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SessionRoomElement } from '../room/session-room.component.js';
import { seal, type ToFrame, type ToHost } from './bridge.js';
import { answerHost } from './frame.js';
import { embedRoom } from './host.js';

const school = 'https://school.example';
const rooms = 'https://rooms.example';

/** The frame's side, with the window that a browser would give it. */
function framed() {
  const element = Object.assign(document.createElement('div'), {
    do: vi.fn((_: RoomCommand) => Promise.resolve({ ok: true as const, seq: 7 })),
    leave: vi.fn(),
    renew: undefined as undefined | (() => Promise<string>),
  });
  const posted: [unknown, string][] = [];
  const parent = { postMessage: (message: unknown, origin: string) => void posted.push([message, origin]) };
  let listener!: (event: MessageEvent) => void;
  answerHost(element as unknown as SessionRoomElement, {
    parent: parent as unknown as Window,
    addEventListener: (_, each) => (listener = each),
  });
  const hear = (data: unknown, origin = school, source: unknown = parent) =>
    listener({ data, origin, source } as MessageEvent);
  return { element, posted, parent, hear };
}

const hello = (settings: object = {}, renews = false) => seal({ type: 'hello', settings, renews } as ToFrame);
const raise = seal({ type: 'do', id: 1, command: { type: 'hand.raise' } } as ToFrame);

test('a frame says that it is ready, and nothing else to an origin that it does not know', () => {
  const { element, posted } = framed();
  element.dispatchEvent(new CustomEvent('sr-left', { detail: { reason: 'left' } }));
  expect(posted).toEqual([[{ type: 'ready', 'session-room': 1 }, '*']]);
});

test('a frame says that it is ready until it is greeted, and no more then', () => {
  vi.useFakeTimers();
  try {
    const { posted, hear } = framed();
    vi.advanceTimersByTime(2_000);
    expect(posted).toEqual(Array.from({ length: 4 }, () => [{ type: 'ready', 'session-room': 1 }, '*']));
    hear(hello({ token: 't1' }));
    vi.advanceTimersByTime(60_000);
    expect(posted).toHaveLength(4);
  } finally {
    vi.useRealTimers();
  }
});

test('the first good hello pins its origin: others are neither heard nor told', async () => {
  const { element, posted, hear } = framed();
  hear(hello({ token: 't1', view: 'compact' }));
  expect([element.getAttribute('token'), element.getAttribute('view')]).toEqual(['t1', 'compact']);
  hear(hello({ token: 'evil' }), 'https://evil.example');
  hear(hello({ token: 'again' }));
  hear(raise, 'https://evil.example');
  expect(element.getAttribute('token')).toBe('t1');
  expect(element.do).not.toHaveBeenCalled();
  hear(raise);
  await vi.waitFor(() => expect(posted).toHaveLength(2));
  expect(posted[1]).toEqual([{ type: 'answer', id: 1, answer: { ok: true, seq: 7 }, 'session-room': 1 }, school]);
});

test('nobody but the page around it is heard, whatever they know of the messages', () => {
  const { element, hear, posted } = framed();
  hear(hello({ token: 't1' }), school, { postMessage: () => undefined });
  hear(hello({ token: 't1' }), school, null);
  hear(hello({ token: 't1' }), 'null');
  hear(raise);
  expect(element.hasAttribute('token')).toBe(false);
  expect(element.do).not.toHaveBeenCalled();
  expect(posted).toHaveLength(1);
});

test.each([
  null,
  'hello',
  42,
  { type: 'hello', settings: { token: 't' } },
  { 'session-room': 2, type: 'hello', settings: { token: 't' } },
  { 'session-room': 1, type: 'constructor', settings: { token: 't' } },
  { 'session-room': 1, type: 'hello', settings: null },
  { 'session-room': 1, type: 'hello', settings: { token: 5, onclick: 'alert(1)', server: 'https://evil.example' } },
  { 'session-room': 1, type: 'hello', settings: { invite: 'https://evil.example/r/x#invite=y' } },
])('a malformed message (%j) sets nothing', (data) => {
  const { element, hear } = framed();
  hear(data);
  expect(element.attributes).toHaveLength(0);
});

test('a command that is none is not asked', () => {
  const { element, hear } = framed();
  hear(hello());
  for (const command of [undefined, 'hand.raise', {}, { type: 1 }])
    hear(seal({ type: 'do', id: 1, command } as unknown as ToFrame));
  expect(element.do).not.toHaveBeenCalled();
});

test('settings change, and null takes one away', () => {
  const { element, hear } = framed();
  hear(hello({ token: 't1', theme: 'dark' }));
  hear(seal({ type: 'set', settings: { theme: null, token: 't2' } }));
  expect([element.getAttribute('token'), element.hasAttribute('theme')]).toEqual(['t2', false]);
});

test('a host that renews is asked, and an answer without a token is none', async () => {
  const { element, posted, hear } = framed();
  hear(hello({}, true));
  const first = element.renew!();
  expect(posted.at(-1)).toEqual([{ type: 'renew', id: 1, 'session-room': 1 }, school]);
  hear(seal({ type: 'token', id: 1, token: 't2' }));
  expect(await first).toBe('t2');
  const second = element.renew!();
  hear(seal({ type: 'token', id: 2 }));
  await expect(second).rejects.toThrow('no token');
});

test('what happens in the frame is told to its host with its name', () => {
  const { element, posted, hear } = framed();
  hear(hello());
  element.dispatchEvent(new CustomEvent('sr-command', { detail: { type: 'hand.raise' } }));
  expect(posted.at(-1)).toEqual([
    { type: 'event', name: 'sr-command', detail: { type: 'hand.raise' }, 'session-room': 1 },
    school,
  ]);
});

/** The host's side: a frame whose window is the test's. */
function hosting(options: Parameters<typeof embedRoom>[1] = { token: 't1' }) {
  const posted: [ToFrame, string][] = [];
  const contentWindow = { postMessage: (message: ToFrame, origin: string) => void posted.push([message, origin]) };
  const frame = document.createElement('div');
  Object.assign(frame, { src: `${rooms}/embed/weekly`, contentWindow });
  const room = embedRoom(frame as unknown as HTMLIFrameElement, options);
  const tell = (data: unknown, origin = rooms, source: unknown = contentWindow) =>
    dispatchEvent(Object.assign(new Event('message'), { data, origin, source }));
  open.push(room);
  return { room, posted, frame, tell };
}

const open: { close(): void }[] = [];
const ready = seal({ type: 'ready' });

beforeEach(() => void (open.length = 0));
afterEach(() => open.forEach((room) => room.close()));

test('the host speaks to the server’s origin alone, once the frame is ready, and what it asked before is not lost', async () => {
  const { room, posted, tell } = hosting({ token: 't1', view: 'timer' });
  const answer = room.do({ type: 'hand.raise' });
  expect(posted).toEqual([]);
  tell(ready);
  expect(posted.map(([message, origin]) => [message.type, origin])).toEqual([
    ['hello', rooms],
    ['do', rooms],
  ]);
  expect(posted[0]![0]).toMatchObject({ settings: { token: 't1', view: 'timer' }, renews: false });
  tell(seal({ type: 'answer', id: 1, answer: { ok: true, seq: 3 } } as ToHost));
  expect(await answer).toEqual({ ok: true, seq: 3 });
});

test('the host hears its own frame at the server’s origin, until it closes', () => {
  const { room, tell } = hosting();
  const heard: unknown[] = [];
  const ignore = room.on('sr-left', (detail) => heard.push(detail));
  const left = seal({ type: 'event', name: 'sr-left', detail: { reason: 'left' } } as ToHost);
  tell(left, 'https://evil.example');
  tell(left, rooms, window);
  tell({ ...left, 'session-room': 9 });
  expect(heard).toEqual([]);
  tell(left);
  expect(heard).toEqual([{ reason: 'left' }]);
  ignore();
  tell(left);
  room.on('sr-left', (detail) => heard.push(detail));
  room.close();
  tell(left);
  expect(heard).toHaveLength(1);
});

test('a frame that loads anew is given what it should show now', () => {
  const { room, posted, tell, frame } = hosting({ token: 't1', theme: 'dark' });
  frame.dispatchEvent(new Event('load'));
  room.set({ theme: null, token: 't2' });
  tell(ready);
  expect(posted.map(([{ type }]) => type)).toEqual(['hello', 'set', 'hello']);
  expect((posted[2]![0] as { settings: object }).settings).toEqual({ token: 't2' });
});

test('the host’s way to another token answers the frame, also when there is none', async () => {
  const renew = vi.fn().mockResolvedValueOnce('t2').mockRejectedValueOnce(new Error('signed out'));
  const { posted, tell } = hosting({ token: 't1', renew });
  tell(ready);
  for (const id of [1, 2]) {
    tell(seal({ type: 'renew', id }));
    await vi.waitFor(() => expect(posted.at(-1)![0]).toMatchObject({ type: 'token', id }));
  }
  expect(posted.slice(1).map(([message]) => (message as { token?: string }).token)).toEqual(['t2', undefined]);
});
