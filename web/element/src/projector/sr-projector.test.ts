import { addCard } from '@session-room/element/board/board-edits.ts';
import { BoardModel } from '@session-room/element/board/board-model.ts';
import '@session-room/element/board/sr-board.ts';
import { TestBoard } from '../testing/board.js';
import { agenda, item, mount, person, room, T, text } from '../testing/room.js';
import '@session-room/element/parts.ts';
import { expect, test, vi } from 'vitest';
import './sr-projector.js';

const make = () => document.createElement('sr-projector') as import('./sr-projector.component.js').SrProjectorElement;
const press = (key: string, more: KeyboardEventInit = {}) =>
  dispatchEvent(new KeyboardEvent('keydown', { key, ...more }));

function withSeats() {
  const state = room();
  state.people['wall'] = person('Projector', 'projector');
  state.people['seat-10'] = person('Ten', 'member', { seatOf: 'wall' });
  state.people['seat-2'] = person('Two', 'member', { seatOf: 'wall', hand: { intent: 'topic', at: T } });
  state.people['seat-1'] = person('One', 'member', { seatOf: 'fay' });
  return state;
}

test('number keys raise and lower the hands of the seats that this screen holds, and of no others', async () => {
  const { part, orders } = await mount(make(), { state: withSeats(), you: 'wall' });
  expect(text(part, '.legend')).toBe('Keys raise hands: 1 Two2 Ten');
  for (const key of ['1', '2', '3', '0', 'a']) press(key);
  press('1', { ctrlKey: true });
  press('1', { repeat: true });
  expect(orders).toEqual([
    { type: 'hand.lower', pid: 'seat-2' },
    { type: 'hand.raise', pid: 'seat-10' },
  ]);
});

test('without seats there is no legend, and a screen that is gone hears no keys', async () => {
  const { part, orders } = await mount(make(), { state: room(), you: 'wall' });
  expect(part.shadowRoot?.querySelector('.legend')).toBeNull();
  part.state = withSeats();
  part.remove();
  press('1');
  expect(orders).toEqual([]);
});

test('after the end the screen says so, instead of a floor that looks free', async () => {
  const state = withSeats();
  state.room = { ...state.room, stage: 'ended', endedAt: T };
  const { part, orders } = await mount(make(), { state, you: 'wall' });
  expect(text(part, '.main')).toMatch(/^This session has ended at \d/);
  expect(part.shadowRoot?.querySelector('sr-floor, sr-timer, sr-queue')).toBeNull();
  press('1');
  expect(orders).toEqual([]);
});

async function withBoard() {
  const [board, fay] = TestBoard.pair('wall', 'fay');
  const card = addCard(new BoardModel(fay.doc), { title: 'Topic', column: 'todo', by: 'fay', at: T });
  const { part } = await mount(make(), { state: withSeats(), you: 'wall', board });
  const shown = async () => {
    await part.updateComplete;
    return part.shadowRoot!.querySelector('sr-board') ? 'board' : 'room';
  };
  return { part, fay, card, shown };
}

test('the facilitator shows the board and a card on it, with the clock and the floor still there', async () => {
  const { part, fay, card, shown } = await withBoard();
  expect(await shown()).toBe('room');
  fay.present({ stage: 'board', card });
  expect(await shown()).toBe('board');
  const board = part.shadowRoot!.querySelector('sr-board')!;
  expect([board.wall, board.pointed]).toEqual([true, card]);
  expect(part.shadowRoot!.querySelectorAll('sr-timer, sr-floor')).toHaveLength(2);
  fay.present({ stage: 'room' });
  expect(await shown()).toBe('room');
});

test('B fixes the other view on this screen, says so, and follows again', async () => {
  const { part, fay, shown } = await withBoard();
  press('b');
  expect(await shown()).toBe('board');
  expect(text(part, '.fixed')).toBe('Fixed on this screen. B follows the facilitator.');
  fay.present({ stage: 'board' });
  press('B');
  expect(await shown()).toBe('board');
  press('B');
  expect(await shown()).toBe('room');
  press('b', { ctrlKey: true });
  expect(await shown()).toBe('room');
});

test('ten seats have a key each; the tenth has 0', async () => {
  const state = room();
  state.people['wall'] = person('Projector', 'projector');
  for (let i = 1; i <= 11; i++) state.people[`seat-${i}`] = person(`S${i}`, 'member', { seatOf: 'wall' });
  const { part, orders } = await mount(make(), { state, you: 'wall' });
  press('0');
  press('9');
  expect(orders.map((order) => 'pid' in order && order.pid)).toEqual(['seat-10', 'seat-9']);
  const keys = [...part.shadowRoot!.querySelectorAll('kbd')].map((kbd) => kbd.textContent);
  expect(keys.join('')).toBe('1234567890');
});

test('A fixes the whole agenda on this screen, with the clock still there, and follows again', async () => {
  const state = withSeats();
  state.agenda = agenda(['a', 'b', 'c', 'd', 'e'].map((id) => item(id)));
  const { part } = await mount(make(), { state, you: 'wall' });
  const shown = () => part.shadowRoot!.querySelector('sr-agenda')!;
  expect(shown().limit).toBe(3);
  press('a');
  await part.updateComplete;
  expect(shown().limit).toBe(Infinity);
  expect(part.shadowRoot!.querySelectorAll('sr-timer, sr-floor')).toHaveLength(2);
  expect(text(part, '.fixed')).toBe('Fixed on this screen. A follows the facilitator.');
  press('a');
  await part.updateComplete;
  expect(shown().limit).toBe(3);
});

test('Esc turns the keys of the screen off and on, and the screen says so', async () => {
  const { part, orders } = await mount(make(), { state: withSeats(), you: 'wall' });
  press('Escape');
  press('1');
  await part.updateComplete;
  expect(text(part, '.fixed')).toBe('Keys are off. Esc turns them on.');
  press('Escape');
  press('1');
  expect(orders).toHaveLength(1);
});

test('what belongs to the pointer is gone when it rests', async () => {
  vi.useFakeTimers();
  try {
    const { part } = await mount(make(), { state: room(), you: 'wall' });
    expect(part.hasAttribute('resting')).toBe(true);
    dispatchEvent(new Event('pointermove'));
    await part.updateComplete;
    expect(part.hasAttribute('resting')).toBe(false);
    expect(text(part, '.fixed')).toContain('F full screen');
    vi.advanceTimersByTime(3000);
    await part.updateComplete;
    expect(part.hasAttribute('resting')).toBe(true);
    expect(part.shadowRoot!.querySelector('.fixed')).toBeNull();
  } finally {
    vi.useRealTimers();
  }
});
