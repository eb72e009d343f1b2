/** One replacement: at `index`, `remove` characters go and `insert` comes. */
export interface Splice {
  index: number;
  remove: number;
  insert: string;
}

/** A remote change in Yjs' own form; only lengths matter here. */
export type Delta = readonly { retain?: number; delete?: number; insert?: unknown }[];

/**
 * What somebody typed, from the text before and after. `caret`, where the caret stands now, settles which of several
 * equal letters is the new one. A pair of surrogates is never torn.
 */
export function spliceBetween(before: string, after: string, caret: number): Splice | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let tail = 0;
  const most = Math.min(shorter, after.length - caret);
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  let head = 0;
  while (head < shorter - tail && before[head] === after[head]) head++;
  if (isLead(before, head - 1)) head--;
  if (tail > 0 && isLead(before, before.length - tail - 1)) tail--;
  return { index: head, remove: before.length - tail - head, insert: after.slice(head, after.length - tail) };
}

function isLead(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xd800 && code < 0xdc00;
}

/** Where a position of the text before `delta` is in the text after it. */
export function shift(position: number, delta: Delta, stayBefore = false): number {
  let at = 0;
  let shifted = position;
  for (const { retain = 0, delete: removed = 0, insert } of delta) {
    if (insert !== undefined) {
      if (at > position || (at === position && stayBefore)) break;
      shifted += lengthOf(insert);
      continue;
    }
    shifted -= Math.max(0, Math.min(removed, position - at));
    at += retain + removed;
  }
  return shifted;
}

function lengthOf(insert: unknown): number {
  return typeof insert === 'string' ? insert.length : 1;
}
