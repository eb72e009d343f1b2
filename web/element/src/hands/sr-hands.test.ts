import type { RoomState } from '@session-room/client';
import { expect, test, vi } from 'vitest';
import { button, mount, room, T, text } from '../testing/room.js';
import './sr-hands.js';

const make = () => document.createElement('sr-hands');

const why = { intent: 'topic', turns: 0, talkMs: 0, at: T, pinned: false } as const;

function raised(state: RoomState = room()): RoomState {
  state.people['ann'] = { ...state.people['ann']!, hand: { intent: 'topic', at: T } };
  state.queue = {
    open: true,
    entries: [
      { id: 'e1', pid: 'bob', intent: 'topic', at: T, pinned: false, why },
      { id: 'e2', pid: 'ann', intent: 'topic', at: T, pinned: false, why },
    ],
  };
  return state;
}

test('one press raises the hand, with any intent', async () => {
  const { part, orders } = await mount(make(), { state: room(), you: 'ann' });
  button(part, 'Raise hand').click();
  button(part, 'Question').click();
  button(part, 'Point of order').click();
  expect(orders).toEqual([
    { type: 'hand.raise', intent: 'topic' },
    { type: 'hand.raise', intent: 'question' },
    { type: 'hand.raise', intent: 'order' },
  ]);
});

test('with a hand up one sees one’s place and why, can change the intent, and lower it', async () => {
  const { part, orders } = await mount(make(), { state: raised(), you: 'ann' });
  expect(text(part, '[role=status]')).toBe('New point You are second in the queue You have not spoken yet');
  button(part, 'Reply').click();
  button(part, 'Lower hand').click();
  expect(orders).toEqual([{ type: 'hand.raise', intent: 'reply' }, { type: 'hand.lower' }]);
});

test('toggle raises, then lowers, and does nothing for who only watches or speaks already', async () => {
  const down = await mount(make(), { state: room(), you: 'ann' });
  expect(down.part.toggle()).toBe(true);
  const up = await mount(make(), { state: raised(), you: 'ann' });
  expect(up.part.toggle()).toBe(true);
  expect([...down.orders, ...up.orders].map(({ type }) => type)).toEqual(['hand.raise', 'hand.lower']);

  const watching = room();
  watching.people['ann'] = { ...watching.people['ann']!, role: 'observer' };
  expect((await mount(make(), { state: watching, you: 'ann' })).part.toggle()).toBe(false);
  const speaking = room({ floor: { entryId: 'e', pid: 'ann', held: [] } });
  expect((await mount(make(), { state: speaking, you: 'ann' })).part.toggle()).toBe(false);
});

test('where the key is switched off none is shown', async () => {
  const { part } = await mount(make(), { state: room(), you: 'ann' });
  expect(text(part)).toContain('Space');
  part.keyless = true;
  await part.updateComplete;
  expect(text(part)).not.toContain('Space');
  expect(button(part, 'Raise hand').title).toBe('');
});

test('a closed queue still takes a point of order', async () => {
  const { part } = await mount(make(), { state: room({ queue: { open: false, entries: [] } }), you: 'ann' });
  expect(button(part, 'Raise hand').disabled).toBe(true);
  expect(button(part, 'Question').disabled).toBe(true);
  expect(button(part, 'Point of order').disabled).toBe(false);
  expect(part.toggle()).toBe(false);
});

test('with the floor there is one thing to do: give it back', async () => {
  const { part, orders } = await mount(make(), {
    state: room({ floor: { entryId: 'e', pid: 'ann', held: [] } }),
    you: 'ann',
  });
  expect(text(part)).toContain('You have the floor');
  button(part, 'I have finished').click();
  expect(orders).toEqual([{ type: 'floor.yield' }]);
});

test('for a screen it lists everybody whose hand is up, each with the intent in words', async () => {
  const { part } = await mount(make(), { state: raised(), all: true });
  await vi.waitFor(() => expect(text(part, 'ul')).toBe('New point: Ann'));
});
