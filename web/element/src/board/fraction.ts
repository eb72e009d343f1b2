/*
 * Fractional indices as the package `fractional-indexing` and its kin in other languages write them, so that everybody's
 * ranks mix: a whole part, whose first letter says how long it is, and a fraction that does not end in 0.
 * https://observablehq.com/@dgreensp/implementing-fractional-indexing. Of that package a board needs this one function,
 * and a check that never throws.
 */
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const heads = digits.slice(10);
const smallest = `A${'0'.repeat(26)}`;

export function isRank(text: string): boolean {
  const whole = wholeOf(text);
  return (
    /^[A-Za-z][0-9A-Za-z]+$/.test(text) &&
    whole.length === lengthFor(text[0]!) &&
    text !== smallest &&
    !/0$/.test(text.slice(whole.length))
  );
}

/** A rank between two, or before or after one, or the first of all; `lower` is the lower one. */
export function rankBetween(lower: string | null, upper: string | null): string {
  if (lower === null && upper === null) return 'a0';
  if (lower === null) return before(upper!);
  const whole = wholeOf(lower);
  const fraction = lower.slice(whole.length);
  if (upper !== null && wholeOf(upper) === whole) return whole + middle(fraction, upper.slice(whole.length));
  const next = neighbour(whole, 1);
  return next !== undefined && (upper === null || next < upper) ? next : whole + middle(fraction);
}

function before(upper: string): string {
  const whole = wholeOf(upper);
  if (whole === smallest) return whole + middle('', upper.slice(whole.length));
  return whole < upper ? whole : neighbour(whole, -1)!;
}

function wholeOf(rank: string): string {
  return rank.slice(0, lengthFor(rank[0] ?? ''));
}

/** a to z: whole parts of 2 to 27 letters; Z to A: the same for what is below zero. */
function lengthFor(head: string): number {
  const at = heads.indexOf(head);
  return at < 26 ? 27 - at : at - 24;
}

function neighbour(whole: string, by: 1 | -1): string | undefined {
  const [full, fresh] = by > 0 ? ['z', '0'] : ['0', 'z'];
  let at = whole.length - 1;
  while (at > 0 && whole[at] === full) at--;
  if (at > 0)
    return whole.slice(0, at) + digits[digits.indexOf(whole[at]!) + by]! + fresh.repeat(whole.length - 1 - at);
  const head = heads[heads.indexOf(whole[0]!) + by];
  return head && head + fresh.repeat(lengthFor(head) - 1);
}

/** A fraction between two, as short as there is; without an upper one, between the lower one and the next whole. */
function middle(lower: string, upper?: string): string {
  let shared = 0;
  while (upper !== undefined && (lower[shared] ?? '0') === upper[shared]) shared++;
  if (upper !== undefined && shared > 0)
    return upper.slice(0, shared) + middle(lower.slice(shared), upper.slice(shared));
  const low = Math.max(0, digits.indexOf(lower[0] ?? '0'));
  const high = upper === undefined ? digits.length : digits.indexOf(upper[0]!);
  if (high - low > 1) return digits[Math.round((low + high) / 2)]!;
  return upper !== undefined && upper.length > 1 ? upper[0]! : digits[low]! + middle(lower.slice(1));
}
