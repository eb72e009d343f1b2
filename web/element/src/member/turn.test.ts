import type { RoomState } from '@session-room/client';
import { entry, floor, queue, room, T } from '../testing/room.js';
import { expect, test } from 'vitest';
import { turnOf } from './turn.js';

const hand = (pid: string) => entry(pid, pid);

test.each([
  [
    'who speaks has the floor, also with another hand up',
    { floor: floor({ pid: 'ann' }), queue: queue(hand('ann')) },
    'floor',
  ],
  ['the first in the queue is next', { queue: queue(hand('ann'), hand('bob')) }, 'next'],
] satisfies [string, Partial<RoomState>, string][])('%s', (_, change, turn) => {
  expect(turnOf(room(change), 'ann')).toBe(turn);
});

test('a raised hand waits, in the queue or for the facilitator to admit it', () => {
  const state = room({ queue: queue(hand('bob')) });
  expect(turnOf(state, 'ann')).toBeUndefined();
  state.people['ann']!.hand = { intent: 'topic', at: T };
  expect(turnOf(state, 'ann')).toBe('waiting');
  expect(turnOf(state, undefined)).toBeUndefined();
});
