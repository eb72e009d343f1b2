import type { Answer, RoomCommand } from '@session-room/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ToldConnection } from '../testing/connection.js';
import { door, embed, entry, later, OpenedBoard, say } from '../testing/embedded.js';
import { person, room, T } from '../testing/room.js';
import { CommandEvent } from '../part.js';
import { useLanguage } from '../text/languages.js';

const boards = OpenedBoard.all;

vi.mock('@session-room/client', async (original) => ({
  ...(await original<object>()),
  RoomConnection: ToldConnection,
}));
vi.mock('./board.js', () => ({ openBoard: () => new OpenedBoard() }));

await import('./session-room.js');
// What is loaded on demand is there already, so that no test ends in the middle of it.
await Promise.all([
  import('../console/facilitation.js'),
  import('../door/sr-gate.js'),
  import('../door/sr-sheet.js'),
  import('../projector/sr-projector.js'),
  import('./small-views.js'),
]);

beforeEach(() => {
  localStorage.clear();
  ToldConnection.all.length = 0;
  boards.length = 0;
});
afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('it connects only when it has been given a token or an invite', async () => {
  const { element, root } = await embed({ server: 'https://rooms.example' });
  expect(root.childElementCount).toBe(0);
  element.setAttribute('token', 't1');
  await element.updateComplete;
  expect(ToldConnection.last.options).toMatchObject({ server: 'https://rooms.example', token: 't1' });
  expect(ToldConnection.last.started).toBe(true);
});

test('another token or server begins anew, none hangs up', async () => {
  const { element, root } = await embed({ token: 't1' });
  element.setAttribute('token', 't2');
  await element.updateComplete;
  element.setAttribute('server', 'https://rooms.example');
  await element.updateComplete;
  expect(ToldConnection.all.map(({ options, left }) => [options.token, options.server, left])).toEqual([
    ['t1', '', true],
    ['t2', '', true],
    ['t2', 'https://rooms.example', false],
  ]);
  element.removeAttribute('token');
  await element.updateComplete;
  expect(ToldConnection.last.left).toBe(true);
  expect(root.childElementCount).toBe(0);
});

test('being moved in the document costs nothing, being taken out hangs up, being put back connects again', async () => {
  const { element } = await embed({ token: 't1' });
  await say(element, { state: room() });
  const elsewhere = document.createElement('section');
  document.body.append(elsewhere);
  elsewhere.append(element);
  await later();
  expect([ToldConnection.all.length, ToldConnection.last.left]).toEqual([1, false]);
  await vi.waitFor(() => expect(boards).toHaveLength(1));
  element.remove();
  await vi.waitFor(() => expect(ToldConnection.last.left).toBe(true));
  expect(boards.map(({ destroyed }) => destroyed)).toEqual([true]);
  elsewhere.append(element);
  expect(ToldConnection.all.map(({ left }) => left)).toEqual([true, false]);
});

test('the host hears of the state with what happened, and of the connection', async () => {
  const { element, of } = await embed({ token: 't1' });
  const state = room();
  const raised = { type: 'hand.raised', by: 'ann', at: T, pid: 'ann', intent: 'topic', entryId: 'e1' } as const;
  await say(element, { state, events: [raised] });
  expect(of('sr-joined')).toMatchObject([{ room: 'r', you: 'ann', role: 'member', name: 'Ann', again: false }]);
  expect(of('sr-state')).toEqual([{ state, you: 'ann', events: [raised] }]);
  expect(of('sr-status')).toMatchObject([{ phase: 'live' }]);
  expect([element.state, element.you, element.status.phase]).toEqual([state, 'ann', 'live']);
  await say(element, { state });
  expect(of('sr-joined')).toHaveLength(1);
});

test('what a person asks for can be kept from being sent, else its answer is told', async () => {
  const { element, root, of } = await embed({ token: 't1' });
  await say(element, { state: room() });
  const raise = () => root.querySelector('sr-member')!.dispatchEvent(command({ type: 'hand.raise' }));
  const keep = (event: Event) => event.preventDefault();
  element.addEventListener('sr-command', keep);
  raise();
  element.removeEventListener('sr-command', keep);
  await element.updateComplete;
  expect(ToldConnection.last.asked).toEqual([]);
  const refused: Answer = { ok: false, seq: 3, error: { code: 'closed', message: '' } };
  ToldConnection.last.answer = refused;
  raise();
  await vi.waitFor(() => expect(of('sr-answer')).toEqual([{ command: { type: 'hand.raise' }, answer: refused }]));
  expect(ToldConnection.last.asked).toEqual([{ type: 'hand.raise' }]);
  expect(of('sr-command')).toHaveLength(2);
  await element.updateComplete;
  expect(root.querySelector('.notice')?.textContent).toBe('The queue is closed.');
});

test('a host drives it: commands are answered to the host alone, leaving is told, reconnecting begins anew', async () => {
  const { element, root, of } = await embed({ token: 't1' });
  expect(await element.do({ type: 'hand.raise' })).toEqual({ ok: true, seq: 1 });
  expect([...of('sr-command'), ...of('sr-answer')]).toEqual([]);
  element.reconnect();
  expect(ToldConnection.last.wakings).toBe(1);
  element.leave();
  await element.updateComplete;
  expect(of('sr-left')).toEqual([{ reason: 'left' }]);
  expect(root.querySelector('sr-sheet')).not.toBeNull();
  expect(await element.do({ type: 'hand.raise' })).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  element.reconnect();
  expect(ToldConnection.all).toHaveLength(2);
});

test.each([
  ['too_large', 'The room is full'],
  ['not_found', 'There is no such room'],
  ['forbidden', 'This is not your room'],
] as const)('a Join refused with %s says "%s"', async (ending, title) => {
  const { element, root, of } = await embed({ token: 't1' });
  await say(element, { ending });
  const sheet = root.querySelector('sr-sheet')!;
  await sheet.updateComplete;
  expect(sheet.shadowRoot!.querySelector('h1')?.textContent).toBe(title);
  expect(of('sr-left')).toEqual([{ reason: ending }]);
});

test('a full room is tried again at a press, with the token that one has', async () => {
  const { element, root } = await embed({ token: 't1', room: 'r', invite: 'abc' });
  await say(element, { ending: 'too_large' });
  const sheet = root.querySelector('sr-sheet')!;
  await sheet.updateComplete;
  sheet.shadowRoot!.querySelector('button')!.click();
  expect(ToldConnection.all.map(({ options }) => options.token)).toEqual(['t1', 't1']);
});

test('what comes and goes by itself leaves the focus of somebody else’s page alone', async () => {
  const { element, root } = await embed({ token: 't1' });
  await say(element, { state: room() });
  const elsewhere = document.body.appendChild(document.createElement('input'));
  elsewhere.focus();
  await say(element, { ending: 'removed' });
  await root.querySelector('sr-sheet')!.updateComplete;
  await later();
  expect(document.activeElement).toBe(elsewhere);
});

test('the board is opened where it is shown, once, and goes with the connection', async () => {
  const { element, root } = await embed({ token: 't1' });
  expect(boards).toEqual([]);
  await say(element, { state: room() });
  await vi.waitFor(() => expect(root.querySelector('sr-member > sr-board[slot=board]')).not.toBeNull());
  await say(element, { state: room() });
  expect(boards).toHaveLength(1);
  element.leave();
  expect(boards.map(({ destroyed }) => destroyed)).toEqual([true]);
});

test.each([
  ['projector', 'sr-projector', 1],
  ['compact', 'sr-compact', 0],
  ['timer', 'sr-timer', 0],
  ['queue', 'sr-queue', 0],
  ['board', 'sr-board', 1],
] as const)('view="%s" draws %s', async (view, part, opened) => {
  const { element, root } = await embed({ token: 't1', view });
  await say(element, { state: room() });
  await vi.waitFor(() => expect(root.querySelector(part)).not.toBeNull());
  expect(root.querySelector('sr-member')).toBeNull();
  await vi.waitFor(() => expect(boards).toHaveLength(opened));
});

test('a token is replaced before it expires, and what replaces it is shown from the next connection on', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const token = (exp: number) => `h.${btoa(JSON.stringify({ exp, role: 'member' }))}.s`;
  const { element } = await embed({ token: token(Date.now() / 1000 + 600) });
  const next = token(Date.now() / 1000 + 1200);
  element.renew = vi.fn(() => Promise.resolve(next));
  await say(element, { state: room() });
  await vi.advanceTimersByTimeAsync(539_000);
  expect(element.renew).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2000);
  expect(ToldConnection.last.tokens).toEqual([next]);
  expect(ToldConnection.all).toHaveLength(1);
});

test('an expired token is renewed by the host, or by the invite as the same person', async () => {
  const { element } = await embed({ token: 't1' });
  await expect(ToldConnection.last.options.renew!()).rejects.toMatchObject({ final: true });
  element.renew = () => Promise.resolve('t2');
  expect(await ToldConnection.last.options.renew!()).toBe('t2');
  element.remove();

  const fetched = door(() => Response.json(entry));
  const known = await embed({ token: 'old', room: 'weekly', invite: 'abc', name: 'Ann', place: 'remote' });
  expect(await ToldConnection.last.options.renew!()).toBe('from-invite');
  expect(fetched.mock.calls[0]![1]!.headers).toMatchObject({ authorization: 'Bearer old' });
  expect(known.of('sr-joined')).toMatchObject([{ again: true, you: 'ann' }]);
});

test('light, dark or the system’s', async () => {
  const { element } = await embed({ token: 't1', theme: 'dark' });
  expect(element.theme).toBe('dark');
  element.theme = 'light';
  await element.updateComplete;
  expect(element.getAttribute('theme')).toBe('light');
});

const leaveButton = (root: ShadowRoot) =>
  [...root.querySelector('sr-member')!.shadowRoot!.querySelectorAll('button')].find((each) =>
    each.textContent.includes('Leave'),
  )!;

test('whoever presses Leave takes the hand down and is gone, unless the host prevents it; one more press brings them back', async () => {
  const { element, root, of } = await embed({ token: 't1', room: 'r', invite: 'abc' });
  const state = room({ people: { ann: person('Ann', 'member', { hand: { intent: 'topic', at: T } }) } });
  await say(element, { state });
  const stay = (event: Event) => event.preventDefault();
  element.addEventListener('sr-leave', stay);
  leaveButton(root).click();
  await later();
  element.removeEventListener('sr-leave', stay);
  expect([of('sr-left'), ToldConnection.last.asked]).toEqual([[], []]);
  leaveButton(root).click();
  await vi.waitFor(() => expect(of('sr-left')).toEqual([{ reason: 'left' }]));
  expect(ToldConnection.last.asked).toEqual([{ type: 'hand.lower' }]);
  expect(ToldConnection.last.left).toBe(true);
  await element.updateComplete;
  const sheet = root.querySelector('sr-sheet')!;
  await vi.waitFor(() => expect(sheet.shadowRoot!.activeElement?.textContent).toBe('You left'));
  sheet.shadowRoot!.querySelector('button')!.click();
  expect(ToldConnection.all).toHaveLength(2);
  expect(ToldConnection.last.options.token).toBe('t1');
  await say(element, { state });
  expect(of('sr-joined')).toHaveLength(2);
  await vi.waitFor(() => expect(root.querySelector('sr-member')!.shadowRoot!.activeElement?.localName).toBe('h1'));
});

test('what was just said is said anew in another language', async () => {
  const { element, root } = await embed({ token: 't1' });
  await say(element, { state: room() });
  ToldConnection.last.answer = { ok: false, seq: 3, error: { code: 'closed', message: '' } };
  root.querySelector('sr-member')!.dispatchEvent(command({ type: 'hand.raise' }));
  await vi.waitFor(() => expect(root.querySelector('.notice')?.textContent).toBe('The queue is closed.'));
  await useLanguage('de');
  await element.updateComplete;
  expect(root.querySelector('.notice')?.textContent).toBe('Die Redeliste ist geschlossen.');
  await useLanguage('en');
});

function command(detail: RoomCommand) {
  return new CommandEvent(detail);
}
