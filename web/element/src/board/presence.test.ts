import { expect, test } from 'vitest';
import { TestBoard } from '../testing/board.js';
import { caretOf, caretsIn, cut, hueOf, peopleOnCards } from './presence.js';

test('others’ carets stay on their letters, and one’s own are not among them', () => {
  const [mine, theirs] = TestBoard.pair('ann', 'bob');
  const text = mine.doc.getText('notes');
  text.insert(0, 'hello world');
  theirs.present({ caret: caretOf('', 'notes', theirs.doc.getText('notes'), 11, 6) });
  mine.present({ caret: caretOf('', 'notes', text, 0, 0) });
  expect(caretsIn(mine, '', 'notes', text)).toEqual([{ pid: 'bob', anchor: 11, head: 6 }]);
  text.insert(0, 'oh ');
  expect(caretsIn(mine, '', 'notes', text)).toEqual([{ pid: 'bob', anchor: 14, head: 9 }]);
  expect(caretsIn(mine, 'card', 'notes', text)).toEqual([]);
});

test('who looks at a card is known by participant, once, without oneself', () => {
  const [mine, theirs] = TestBoard.pair('ann', 'bob');
  theirs.present({ card: 'c1' });
  mine.present({ card: 'c1' });
  expect(peopleOnCards(mine, 'ann')).toEqual(new Map([['c1', ['bob']]]));
  expect(peopleOnCards(mine, 'bob').size).toBe(0);
});

test.each([
  null,
  { pid: 7, card: 'c', caret: null },
  { pid: 'bob', card: { toString: 1 }, caret: { card: '', field: 'notes' } },
  { pid: 'bob', caret: { card: '', field: 'notes', anchor: 'x', head: {} } },
  { pid: 'bob', caret: { card: '', field: 'notes', anchor: { tname: 'made up' }, head: { tname: 'made up' } } },
  { pid: 'bob', caret: { card: '', field: 'notes', anchor: { type: { client: 1, clock: 9e9 } }, head: null } },
  { pid: 'bob', caret: { card: '', field: 'notes', anchor: { item: {} }, head: { item: { client: 'a', clock: -1 } } } },
])('a presence of any shape is at most left out: %j', (state) => {
  const [mine, theirs] = TestBoard.pair('ann', 'bob');
  const text = mine.doc.getText('notes');
  theirs.awareness.setLocalState(state as Record<string, unknown>);
  expect(caretsIn(mine, '', 'notes', text)).toEqual([]);
  expect(peopleOnCards(mine, 'ann').size).toBe(0);
  expect([...mine.doc.share.keys()]).toEqual(['notes']);
});

test('a text is cut where carets stand and selections end', () => {
  expect(
    cut('abcdef', [
      { pid: 'bob', anchor: 1, head: 3 },
      { pid: 'cleo', anchor: 6, head: 6 },
    ]),
  ).toEqual([
    { text: 'a', selectedBy: undefined },
    { text: 'bc', selectedBy: 'bob' },
    { caret: 'bob' },
    { text: 'def', selectedBy: undefined },
    { caret: 'cleo' },
  ]);
});

test('a person has the same hue on every screen', () => {
  expect(hueOf('p-17')).toBe(hueOf('p-17'));
  expect(new Set(['a', 'b', 'c', 'd', 'e'].map(hueOf)).size).toBe(5);
});
