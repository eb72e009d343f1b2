import { expect, test } from 'vitest';
import { RoomFold } from './fold.js';
import type { RoomState } from './state.js';
import type { Json } from './merge-patch.js';

const state = (title: string): RoomState => ({ room: { id: 'r', title }, people: {} });
const snapshot = (seq: number, title = `at ${seq}`, epoch = 'e1') => ({ epoch, seq, now: 0, state: state(title) });
const patch = (seq: number, changes: Json = { room: { title: `at ${seq}` } }) => ({
  seq,
  at: 0,
  events: [],
  patch: changes,
});

test('patches that arrive before the snapshot are applied after it, those it contains are dropped', () => {
  const fold = new RoomFold();
  expect([4, 6, 5].map((seq) => fold.patch(patch(seq)))).toEqual(['held', 'held', 'held']);
  const { outcome, applied } = fold.replace(snapshot(4));
  expect(outcome).toBe('applied');
  expect(applied.map(({ seq }) => seq)).toEqual([5, 6]);
  expect(fold.state?.room.title).toBe('at 6');
});

test('an old patch is ignored, the next applied, and one that skips a number is a hole', () => {
  const fold = new RoomFold();
  fold.replace(snapshot(7));
  expect(fold.patch(patch(7))).toBe('ignored');
  expect(fold.patch(patch(8))).toBe('applied');
  expect(fold.patch(patch(10))).toBe('hole');
  expect(fold.position).toEqual({ epoch: 'e1', seq: 8 });
});

test('a hole among the held patches is found when the snapshot comes', () => {
  const fold = new RoomFold();
  fold.patch(patch(6));
  expect(fold.replace(snapshot(4)).outcome).toBe('hole');
  expect(fold.position?.seq).toBe(4);
});

test('another epoch starts over even with a lower number', () => {
  const fold = new RoomFold();
  fold.replace(snapshot(90));
  fold.expectSnapshot();
  expect(fold.replace(snapshot(2, 'new log', 'e2')).newRoom).toBe(true);
  expect(fold.replace(snapshot(1, 'written back', 'e2-1')).newRoom).toBe(false);
  expect(fold.position).toEqual({ epoch: 'e2-1', seq: 1 });
});

test('the answer to a join that a resync overtook does not take the state back', () => {
  const fold = new RoomFold();
  fold.expectSnapshot();
  fold.replace(snapshot(12));
  expect(fold.replace(snapshot(9)).outcome).toBe('ignored');
  expect(fold.state?.room.title).toBe('at 12');
});
