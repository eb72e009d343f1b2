const firstMs = 300;
const longestMs = 15_000;

/**
 * How long to wait before attempt `attempt` (0 for the first): doubling from 0.3 s to 15 s, each between half and all
 * of that, so that a thousand people cut off together do not come back together. Never less than the server asked for.
 */
export function backoff(attempt: number, random: () => number = Math.random, atLeastMs = 0): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 16));
  return Math.max(ceiling * (0.5 + random() / 2), atLeastMs + random() * Math.min(atLeastMs, 1000));
}
