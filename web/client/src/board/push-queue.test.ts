import { expect, test, vi } from 'vitest';
import { applyUpdate, Doc } from 'yjs';
import type { Answer } from '../commands.js';
import { PushQueue } from './push-queue.js';

const ok: Answer = { ok: true, seq: 0 };
const nextTurn = () => new Promise<void>((resolve) => setTimeout(resolve));

function queue(push: (update: Uint8Array) => Promise<Answer>) {
  const target = { push: vi.fn(push), saved: vi.fn(), refused: vi.fn() };
  return { target, pushes: new PushQueue(target, { collectMs: 50, wait: nextTurn }) };
}

function edits(count: number, bytes: number): Uint8Array[] {
  const doc = new Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update) => updates.push(update));
  for (let i = 0; i < count; i++) doc.getText('notes').insert(0, String.fromCharCode(97 + i).repeat(bytes));
  return updates;
}

test('what would be beyond 400 kB together goes in parts, in order, and gives the same document', async () => {
  const { target, pushes } = queue(() => Promise.resolve(ok));
  const updates = edits(10, 90_000);
  for (const update of updates) pushes.add(update);
  pushes.open();
  await vi.waitFor(() => expect(pushes.edits).toEqual([]));
  expect(target.push.mock.calls.map(([update]) => Math.round(update.length / 90_000))).toEqual([4, 4, 2]);
  const [whole, pushed] = [new Doc(), new Doc()];
  for (const update of updates) applyUpdate(whole, update);
  for (const [update] of target.push.mock.calls) applyUpdate(pushed, update);
  expect(pushed.getText('notes').toString() === whole.getText('notes').toString()).toBe(true);
});

test('an edit that is too large by itself goes by itself, for the room to say so', async () => {
  const { target, pushes } = queue(() => Promise.resolve(ok));
  for (const update of [...edits(1, 10), ...edits(1, 600_000), ...edits(1, 10)]) pushes.add(update);
  pushes.open();
  await vi.waitFor(() => expect(pushes.edits).toEqual([]));
  expect(target.push.mock.calls.map(([update]) => update.length > 500_000)).toEqual([false, true, false]);
});

test('ten thousand keystrokes go as one push, and give the same document', async () => {
  const { target, pushes } = queue(() => Promise.resolve(ok));
  const doc = new Doc();
  doc.on('update', (update: Uint8Array) => pushes.add(update));
  for (let i = 0; i < 10_000; i++) doc.getText('notes').insert(i % 7 === 0 ? 0 : i, String(i % 10));
  pushes.open();
  await vi.waitFor(() => expect(pushes.edits).toEqual([]));
  const pushed = new Doc();
  for (const [update] of target.push.mock.calls) applyUpdate(pushed, update);
  expect(pushed.getText('notes').toString() === doc.getText('notes').toString()).toBe(true);
  expect(target.push).toHaveBeenCalledTimes(1);
});

test('one push is under way at a time, and what comes meanwhile is the next', async () => {
  const answers: ((answer: Answer) => void)[] = [];
  const { target, pushes } = queue(() => new Promise((resolve) => answers.push(resolve)));
  pushes.open();
  const [first, second, third] = edits(3, 1) as [Uint8Array, Uint8Array, Uint8Array];
  pushes.add(first);
  await vi.waitFor(() => expect(target.push).toHaveBeenCalledTimes(1));
  pushes.add(second);
  pushes.add(third);
  await nextTurn();
  await nextTurn();
  expect(target.push).toHaveBeenCalledTimes(1);
  answers[0]!(ok);
  await vi.waitFor(() => expect(target.push).toHaveBeenCalledTimes(2));
  expect(pushes.edits).toHaveLength(2);
  answers[1]!(ok);
  await vi.waitFor(() => expect(pushes.edits).toEqual([]));
});

test('an answer that comes after the link was lost and joined anew still counts, a refusal is asked again', async () => {
  const answers: ((answer: Answer) => void)[] = [];
  const { target, pushes } = queue(() => new Promise((resolve) => answers.push(resolve)));
  pushes.open();
  pushes.add(edits(1, 1)[0]!);
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  pushes.close();
  pushes.open();
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[0]!({ ok: false, seq: 0, error: { code: 'forbidden', message: 'no' } });
  await nextTurn();
  expect(target.refused).not.toHaveBeenCalled();
  answers[1]!(ok);
  await vi.waitFor(() => expect(pushes.edits).toEqual([]));
});

test('a queue that is closed pushes nothing', async () => {
  const { target, pushes } = queue(() => Promise.resolve(ok));
  pushes.open();
  pushes.add(edits(1, 1)[0]!);
  pushes.close();
  await nextTurn();
  await nextTurn();
  expect(target.push).not.toHaveBeenCalled();
  expect(pushes.edits).toHaveLength(1);
});
