import { expect, test } from 'vitest';
import { mergePatch, type Json } from './merge-patch.js';

// RFC 7396, appendix A: original, patch, result.
const vectors: [Json, Json, Json][] = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

test.each(vectors)('%j patched with %j is %j', (target, patch, result) => {
  expect(mergePatch(target, patch)).toEqual(result);
});

test('what the patch does not name is shared, and the target stays as it was', () => {
  const target = { people: { a: { name: 'Ann' } }, timer: { status: 'idle' } };
  const merged = mergePatch(target, { timer: { status: 'running' } }) as typeof target;
  expect(merged.people).toBe(target.people);
  expect(target.timer.status).toBe('idle');
});

test('a key named __proto__ stays a key and reaches no prototype', () => {
  const merged = mergePatch({}, JSON.parse('{"__proto__": {"polluted": true}}') as Json);
  expect(Object.keys(merged as object)).toEqual(['__proto__']);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
