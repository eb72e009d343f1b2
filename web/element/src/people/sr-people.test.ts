import { expect, test, vi } from 'vitest';
import { button, mount, person, room, T, text } from '../testing/room.js';
import './sr-people.js';

const make = () => document.createElement('sr-people');

test('who is here comes first, each with role, place and share of talk in words', async () => {
  const state = room();
  state.people['ann'] = { ...state.people['ann']!, online: false, hand: { intent: 'reply', at: T } };
  const { part } = await mount(make(), { state, you: 'bob' });
  expect([...part.shadowRoot!.querySelectorAll('.name')].map((each) => each.textContent)).toEqual([
    'Fay',
    'Bob',
    'Ann',
  ]);
  expect(text(part, '.head')).toBe('People 2 here');
  expect(text(part, 'li:nth-child(2)')).toBe('B Bob (you) In the room Member 2 turns 3 min');
  expect(text(part, 'li:nth-child(3)')).toContain('Member · away · hand up: Reply');
});

test('a facilitator opens a person and acts for or on them; removing asks twice', async () => {
  const { part, orders } = await mount(make(), { state: room(), you: 'fay', manage: true });
  const open = async () => {
    await part.updateComplete;
    button(part, 'Actions for Ann').click();
    await vi.waitFor(() => button(part, 'Give the floor'));
  };
  await open();
  button(part, 'Ask to speak').click();
  await open();
  button(part, 'Raise hand').click();
  await open();
  button(part, 'Remove from room').click();
  expect(orders.map(({ type }) => type)).toEqual(['queue.invite', 'hand.raise']);
  await part.updateComplete;
  button(part, 'Really remove?').click();
  expect(orders.at(-1)).toEqual({ type: 'people.remove', pid: 'ann' });
});

test('a seat without a device is here, and is no stranger’s to be asked', async () => {
  const state = room();
  state.people['chair'] = person('Chair', 'member', { online: false, seatOf: 'fay' });
  const { part } = await mount(make(), { state });
  expect(text(part, '.head')).toBe('People 4 here');
});
