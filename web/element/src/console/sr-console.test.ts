import { TestBoard } from '../testing/board.js';
import { agenda, button, entry, floor, item, mount, person, queue, room, T, text } from '../testing/room.js';
import { beforeEach, expect, test, vi } from 'vitest';
import './facilitation.js';
import type { SrConsoleElement } from './sr-console.component.js';

const make = () => document.createElement('sr-console') as SrConsoleElement;

async function opened(state = room(), board?: TestBoard) {
  const mounted = await mount(make(), { state, you: 'fay', manage: true, board });
  button(mounted.part, 'More').click();
  await mounted.part.updateComplete;
  return mounted;
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

test('a note-taker has the timer and nothing else', async () => {
  const { part, orders } = await mount(make(), { state: room(), you: 'ann' });
  expect(text(part)).toBe('Start 1 min Start 2 min Start 5 min Start 10 min');
  button(part, 'Start 5 min').click();
  part.state = room({ timer: { status: 'running', endsAt: 0 } });
  await part.updateComplete;
  for (const name of ['Pause', '+1 min', 'Stop']) button(part, name).click();
  expect(orders).toEqual([
    { type: 'timer.start', durationMs: 300_000 },
    { type: 'timer.pause' },
    { type: 'timer.extend', byMs: 60_000 },
    { type: 'timer.stop' },
  ]);
});

test('the facilitator switches between open and moderated hands', async () => {
  const { part, orders } = await opened();
  const select = part.shadowRoot!.querySelector<HTMLSelectElement>('[aria-label="Raised hands"]')!;
  select.value = 'moderated';
  select.dispatchEvent(new Event('change'));
  expect(orders).toEqual([{ type: 'queue.policy', mode: 'moderated' }]);
});

test('a new seat is the facilitator’s own, or a screen’s where there is one', async () => {
  const alone = await opened();
  expect(alone.part.shadowRoot!.querySelector('[name=device]')).toBeNull();
  const state = room();
  state.people['wall'] = person('Projector', 'projector');
  const { part, orders } = await opened(state);
  const form = part.shadowRoot!.querySelector('form')!;
  const add = (name: string, device: string) => {
    form.querySelector('input')!.value = name;
    form.querySelector('select')!.value = device;
    form.dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
  };
  add(' Chair ', 'wall');
  add('Mine', '');
  expect(orders).toEqual([
    { type: 'people.seat', name: 'Chair', device: 'wall' },
    { type: 'people.seat', name: 'Mine' },
  ]);
});

test('the record is offered in four formats', async () => {
  const { part } = await opened();
  const formats: unknown[] = [];
  part.addEventListener('sr-export', (event) => formats.push((event as CustomEvent).detail));
  const offer = part.shadowRoot!.querySelector('sr-export')!;
  for (const each of offer.shadowRoot!.querySelectorAll('button')) each.click();
  expect(formats).toEqual(['md', 'json', 'csv', 'ics']);
});

test('back on the record, a facilitator says what becomes of what was written on the board meanwhile', async () => {
  const state = room();
  state.room.offRecord = true;
  const { part, orders } = await opened(state, new TestBoard('fay'));
  const press = async (name: string) => {
    button(part, name).click();
    await part.updateComplete;
  };
  await press('Back on the record');
  expect(orders).toEqual([]);
  expect(text(part, '.sure [role=alert]')).toBe('What was written on the board off the record?');
  await press('Stay off the record');
  await press('Back on the record');
  await press('Keep it');
  await press('Back on the record');
  await press('Throw it away');
  expect(orders).toEqual([{ type: 'record.on', keep: true }, { type: 'record.on' }]);
});

test('without a board there is nothing to ask, and nothing to show on the big screen', async () => {
  const state = room();
  state.room.offRecord = true;
  const { part, orders } = await opened(state);
  expect(() => button(part, 'Board on the big screen')).toThrow();
  button(part, 'Back on the record').click();
  expect(orders).toEqual([{ type: 'record.on' }]);
});

test('one press shows the board on the big screen, and the next the room', async () => {
  const board = new TestBoard('fay');
  const { part } = await opened(room(), board);
  button(part, 'Board on the big screen').click();
  await part.updateComplete;
  expect(board.presence.stage).toBe('board');
  expect(button(part, 'Board on the big screen').getAttribute('aria-pressed')).toBe('true');
  button(part, 'Board on the big screen').click();
  expect(board.presence.stage).toBe('room');
});

test('after a reload the facilitator still has the screen, until another one takes it', async () => {
  const before = await opened(room(), new TestBoard('fay'));
  button(before.part, 'Board on the big screen').click();
  const state = room();
  state.people['noor'] = person('Noor', 'facilitator');
  const [board, noor] = TestBoard.pair('fay', 'noor');
  const { part } = await opened(state, board);
  expect(board.presence.stage).toBe('board');
  noor.present({ stage: 'room' });
  await part.updateComplete;
  expect(board.presence.stage).toBeUndefined();
  expect(button(part, 'Board on the big screen').getAttribute('aria-pressed')).toBe('false');
  const again = new TestBoard('fay');
  await opened(room(), again);
  expect(again.presence.stage).toBeUndefined();
});

const press = (key: string, more: KeyboardEventInit = {}, target: EventTarget = document.body) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more }));

function running() {
  const state = room({
    agenda: agenda([item('a'), item('b')], { current: 'a' }),
    timer: { status: 'running', endsAt: T + 60_000 },
    queue: queue(entry('e', 'ann')),
    floor: floor({ entryId: 'f', pid: 'bob' }),
  });
  return state;
}

test('each key does what its button does, and says so', async () => {
  const { part, orders } = await mount(make(), { state: running(), you: 'fay', manage: true });
  for (const key of ['n', 'e', 'm', 'l', 'p', 'i', 'q', 'o']) press(key);
  expect(orders).toEqual([
    { type: 'floor.next', expect: 'f' },
    { type: 'floor.yield' },
    { type: 'timer.extend', byMs: 60_000 },
    { type: 'timer.extend', byMs: -60_000 },
    { type: 'timer.pause' },
    { type: 'agenda.go', itemId: 'b' },
    { type: 'queue.close' },
    { type: 'record.off' },
  ]);
  await part.updateComplete;
  expect(text(part, '[role=status]')).toBe('Off the record and back');
});

test('a key has no meaning where there is nothing to do', async () => {
  const { orders } = await mount(make(), { state: room(), you: 'fay', manage: true });
  for (const key of ['s', 'n', 'e', 'm', 'l', 'i', 'b', 'x']) press(key);
  expect(orders).toEqual([]);
  press('p');
  expect(orders).toEqual([{ type: 'timer.start', durationMs: 300_000 }]);
});

test('keys are the text’s while somebody writes, the browser’s with Ctrl, and nobody’s held down', async () => {
  const { part, orders } = await opened(running());
  press('n', {}, part.shadowRoot!.querySelector('input')!);
  press('n', {}, part.shadowRoot!.querySelector('select')!);
  for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { repeat: true }, { shiftKey: true }])
    press('n', more);
  expect(orders).toEqual([]);
  press('N');
  expect(orders).toHaveLength(1);
});

test('on a keyboard of another script the letter’s place counts', async () => {
  const { orders } = await mount(make(), { state: running(), you: 'fay', manage: true });
  press('ى', { code: 'KeyN' });
  press('ж', { code: 'Semicolon' });
  expect(orders).toEqual([{ type: 'floor.next', expect: 'f' }]);
});

test('a note-taker’s keys do nothing, and a console that is gone hears none', async () => {
  const noteTaker = await mount(make(), { state: running(), you: 'ann' });
  press('n');
  expect(noteTaker.orders).toEqual([]);
  const { part, orders } = await mount(make(), { state: running(), you: 'fay', manage: true });
  part.remove();
  press('n');
  expect(orders).toEqual([]);
});

test('the map of keys is a dialog, and the switch on it turns them off for good', async () => {
  const { part, orders } = await mount(make(), { state: running(), you: 'fay', manage: true });
  press('?', { shiftKey: true });
  const map = part.shadowRoot!.querySelector('sr-keys')!.shadowRoot!;
  expect(map.querySelector('dialog')!.open).toBe(true);
  expect(map.textContent.replace(/\s+/g, ' ')).toContain('N Next speaker');
  map.querySelector('input')!.click();
  press('n');
  const again = await mount(make(), { state: running(), you: 'fay', manage: true });
  press('n');
  press('?');
  expect([...orders, ...again.orders]).toEqual([]);
  expect(again.part.shadowRoot!.querySelector('sr-keys')!.shadowRoot!.querySelector('dialog')!.open).toBe(false);
});

test('one key leads to who has not been heard', async () => {
  const { part } = await mount(make(), { state: room(), you: 'fay', manage: true });
  press('u');
  await vi.waitFor(() => {
    const quiet = part.shadowRoot!.querySelector('sr-quiet');
    expect(quiet?.shadowRoot?.activeElement?.getAttribute('aria-label')).toBe('Ask to speak: Ann');
  });
});
