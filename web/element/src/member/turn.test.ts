import type { RoomState } from '@session-room/client';
import { room, T } from '../testing/room.js';
import { expect, test } from 'vitest';
import { turnOf } from './turn.js';

const entry = (pid: string) => ({ id: pid, pid, intent: 'topic' as const, at: T });

test.each([
  [
    'who speaks has the floor, also with another hand up',
    { floor: { pid: 'ann' }, queue: { entries: [entry('ann')] } },
    'floor',
  ],
  ['the first in the queue is next', { queue: { entries: [entry('ann'), entry('bob')] } }, 'next'],
] satisfies [string, Partial<RoomState>, string][])('%s', (_, change, turn) => {
  expect(turnOf(room(change), 'ann')).toBe(turn);
});

test('a raised hand waits, in the queue or for the facilitator to admit it', () => {
  const state = room({ queue: { entries: [entry('bob')] } });
  expect(turnOf(state, 'ann')).toBeUndefined();
  state.people['ann']!.hand = { intent: 'topic', at: T };
  expect(turnOf(state, 'ann')).toBe('waiting');
  expect(turnOf(state, undefined)).toBeUndefined();
});
