import { generateKeyBetween } from 'fractional-indexing';
import { expect, test } from 'vitest';
import { isRank, rankBetween } from './fraction.js';

const edges = [
  'a0',
  'a1',
  'az',
  'b00',
  'Zz',
  'Z0',
  'Yzz',
  'a0V',
  'a0G',
  'a01',
  'a0zz',
  `z${'z'.repeat(26)}`,
  `A${'0'.repeat(26)}1`,
];

test('ranks are those that the package makes', () => {
  for (const lower of [null, ...edges])
    for (const upper of [null, ...edges]) {
      if (lower !== null && upper !== null && lower >= upper) continue;
      expect(rankBetween(lower, upper), `${lower} and ${upper}`).toBe(generateKeyBetween(lower, upper));
    }
});

test('random insertions give what the package gives, thousands of times', () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1e9);
  console.log(`seed ${seed}`);
  let random = seed;
  const below = (n: number) => (random = (random * 1103515245 + 12345) % 2147483648) % n;
  const ranks: string[] = [];
  for (let i = 0; i < 3000; i++) {
    const index = below(4) === 0 ? below(ranks.length + 1) : Math.min(ranks.length, 7);
    const rank = rankBetween(ranks[index - 1] ?? null, ranks[index] ?? null);
    expect(rank).toBe(generateKeyBetween(ranks[index - 1] ?? null, ranks[index] ?? null));
    expect(isRank(rank)).toBe(true);
    ranks.splice(index, 0, rank);
  }
});

test.each(['', '0', 'a', 'a00', 'a0 ', 'b0', 'a0!', `A${'0'.repeat(26)}`, 'é0', 'a0\n', '\u202ea0'])(
  '%j is no rank',
  (text) => expect(isRank(text)).toBe(false),
);
