import { expect, test } from 'vitest';
import { backoff } from './backoff.js';

test('waits double up to fifteen seconds and never end', () => {
  const longest = [0, 1, 2, 3, 10, 1000].map((attempt) => backoff(attempt, () => 1));
  expect(longest).toEqual([300, 600, 1200, 2400, 15_000, 15_000]);
});

test('people cut off together come back spread over half the wait', () => {
  expect(backoff(4, () => 0)).toBe(2400);
  expect(backoff(4, () => 1)).toBe(4800);
});

test('it is never less than the server asked for', () => {
  expect(backoff(0, () => 0, 5000)).toBe(5000);
  expect(backoff(0, () => 0.5, 5000)).toBe(5500);
});
