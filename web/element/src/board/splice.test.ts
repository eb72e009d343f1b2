import { expect, test } from 'vitest';
import { shift, spliceBetween } from './splice.js';

const apply = (text: string, { index, remove, insert }: { index: number; remove: number; insert: string }) =>
  text.slice(0, index) + insert + text.slice(index + remove);

test('typing, deleting and replacing are one splice each', () => {
  expect(spliceBetween('ab', 'axb', 2)).toEqual({ index: 1, remove: 0, insert: 'x' });
  expect(spliceBetween('axb', 'ab', 1)).toEqual({ index: 1, remove: 1, insert: '' });
  expect(spliceBetween('one two', 'one 2', 5)).toEqual({ index: 4, remove: 3, insert: '2' });
  expect(spliceBetween('same', 'same', 0)).toBeUndefined();
});

test('among equal letters the caret tells which is new', () => {
  expect(spliceBetween('aaa', 'aaaa', 1)).toEqual({ index: 0, remove: 0, insert: 'a' });
  expect(spliceBetween('aaa', 'aaaa', 4)).toEqual({ index: 3, remove: 0, insert: 'a' });
});

test('an emoji is replaced whole, though two share their first half', () => {
  for (const [before, after] of [
    ['x😀y', 'x😁y'],
    ['👍', '👍👍'],
    ['😀😁', '😁'],
  ] as const) {
    const splice = spliceBetween(before, after, after.length)!;
    expect(apply(before, splice)).toBe(after);
    for (const edge of [splice.index, splice.index + splice.remove])
      expect(before.charCodeAt(edge - 1) >= 0xd800 && before.charCodeAt(edge - 1) < 0xdc00).toBe(false);
  }
});

test('a position moves with the text around it', () => {
  const delta = [{ retain: 2 }, { insert: 'xyz' }, { delete: 2 }];
  expect([0, 1, 2, 3, 4, 5].map((each) => shift(each, delta))).toEqual([0, 1, 5, 5, 5, 6]);
  expect(shift(2, delta, true)).toBe(2);
});
