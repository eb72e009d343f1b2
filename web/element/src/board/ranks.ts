import { isRank, rankBetween } from './fraction.js';

/** A rank longer than this was written by no sound client, and ranks made from it would be as long. */
const longest = 200;

export interface Placement {
  rank: string;
  /** Neighbours that had to make room: their index in the column before, and their new rank. */
  others: [index: number, rank: string][];
}

/**
 * The rank for a card that comes before `index` in a column with these ranks. Usually one new key is enough; where
 * neighbours share a rank, or have one that is no fractional index, as few of them as possible get another.
 */
export function placeAt(ranks: readonly string[], index: number): Placement {
  let from = index;
  let last = ranks[index - 1] ?? null;
  if (last !== null && !usable(last)) {
    from = 0;
    last = null;
  }
  let to = index;
  while (to < ranks.length && !isAbove(ranks[to]!, last)) to++;
  const upper = ranks[to] ?? null;
  const next = () => (last = rankBetween(last, upper));
  const placement: Placement = { rank: '', others: [] };
  for (let i = from; i <= to; i++) {
    if (i === index) placement.rank = next();
    if (i < to) placement.others.push([i, next()]);
  }
  return placement;
}

function isAbove(rank: string, lower: string | null): boolean {
  return usable(rank) && (lower === null || rank > lower);
}

function usable(rank: string): boolean {
  return rank.length <= longest && isRank(rank);
}
