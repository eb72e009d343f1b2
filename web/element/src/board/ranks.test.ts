import { expect, test } from 'vitest';
import { placeAt } from './ranks.js';

/** Puts a card before `index` and gives the column's ranks in their new order. */
function insert(ranks: readonly string[], index: number): string[] {
  const { rank, others } = placeAt(ranks, index);
  const changed = [...ranks];
  for (const [at, other] of others) changed[at] = other;
  return [...changed.slice(0, index), rank, ...changed.slice(index)];
}

const ascending = (ranks: readonly string[]) => ranks.every((rank, i) => i === 0 || ranks[i - 1]! < rank);

test('a card goes anywhere in a sound column without touching another', () => {
  let ranks: string[] = [];
  for (const index of [0, 0, 2, 1, 4, 0]) {
    expect(placeAt(ranks, index).others).toEqual([]);
    ranks = insert(ranks, index);
  }
  expect(ranks).toHaveLength(6);
  expect(ascending(ranks)).toBe(true);
});

test('between two equal ranks one of them makes room', () => {
  const ranks = ['a0', 'a1', 'a1', 'a2'];
  expect(placeAt(ranks, 2).others).toHaveLength(1);
  expect(ascending(insert(ranks, 2))).toBe(true);
});

test('a thousand cards put at the end keep short ranks', () => {
  let ranks: string[] = [];
  for (let i = 0; i < 1000; i++) ranks = [...ranks, placeAt(ranks, ranks.length).rank];
  expect(ascending(ranks)).toBe(true);
  expect(Math.max(...ranks.map(({ length }) => length))).toBeLessThan(5);
});

test.each([
  [['', '', ''], 1],
  [['!', 'a0', 'zzz\u202e'], 3],
  [['a0', 'a0 ', 'x'.repeat(5000)], 2],
  [['A'.repeat(27), 'a0'], 0],
])('ranks that are none, %j, are replaced where they are in the way', (ranks, index) => {
  const after = insert(ranks, index);
  expect(after.slice(0, index + 1).every((rank, i) => i === 0 || after[i - 1]! < rank)).toBe(true);
  expect(after[index]! < (after[index + 1] ?? '~')).toBe(true);
});

test('random moves keep the order that was asked for', () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1e9);
  console.log(`seed ${seed}`);
  let random = seed;
  const below = (n: number) => (random = (random * 1103515245 + 12345) % 2147483648) % n;
  let ranks = ['a0', 'a0', 'a0', '?', ''].sort();
  for (let i = 0; i < 300; i++) {
    const index = below(ranks.length + 1);
    ranks = insert(ranks, index);
    const left = ranks[index - 1];
    const right = ranks[index + 1];
    expect([left === undefined || left < ranks[index]!, right === undefined || ranks[index]! < right]).toEqual([
      true,
      true,
    ]);
  }
});
