import { expect, test } from 'vitest';
import { button, minute, mount, room, T, text } from '../testing/room.js';
import './sr-floor.js';

const make = () => document.createElement('sr-floor');
const speaking = room({
  floor: {
    entryId: 'e',
    pid: 'ann',
    intent: 'order',
    since: T - 90_000,
    limitMs: 2 * minute,
    held: [{ entryId: 'f', pid: 'bob', intent: 'topic', spentMs: 0, limitMs: 2 * minute }],
  },
});

test('it names the speaker, the intent, the time left to speak, and whose turn is held', async () => {
  const { part } = await mount(make(), { state: speaking });
  expect(text(part, 'h2')).toBe('Speaking now');
  expect(text(part, '.name')).toBe('Ann');
  expect(text(part, '.facts')).toBe('Point of order 0:30 left to speak');
  expect(text(part, '.held')).toBe('Bob goes on afterwards');
});

test('past the limit it says by how much', async () => {
  const { part } = await mount(make(), { state: speaking, now: () => T + minute });
  expect(text(part, '.over')).toBe('0:30 over the speaking time');
});

test('an empty floor is free, and a facilitator can end a turn', async () => {
  expect(text((await mount(make(), { state: room() })).part)).toContain('The floor is free');
  const { part, orders } = await mount(make(), { state: speaking, manage: true });
  button(part, 'End turn').click();
  expect(orders).toEqual([{ type: 'floor.yield' }]);
});
