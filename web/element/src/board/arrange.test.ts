import { beforeEach, expect, test, vi } from 'vitest';
import { arrange } from './arrange.js';

const [one, other] = [document.createElement('ol'), document.createElement('ol')];
const items = Object.fromEntries([...'abcde'].map((id) => [id, Object.assign(document.createElement('li'), { id })]));
const pick = (ids: string) => [...ids].map((id) => items[id]!);
const shown = (list: Element) => [...list.children].map(({ id }) => id).join('');

beforeEach(() => {
  document.body.replaceChildren(one, other);
  one.replaceChildren(...pick('abcd'));
  other.replaceChildren(...pick('e'));
});

test.each(['abcd', 'dabc', 'bcda', 'dcba', 'abcde'])('children stand as %s', (order) => {
  arrange(one, pick(order));
  expect(shown(one)).toBe(order);
});

test('one that is moved to the front is all that is moved', () => {
  const moved = vi.spyOn(one, 'insertBefore');
  arrange(one, pick('dabc'));
  expect(moved).toHaveBeenCalledTimes(1);
  moved.mockRestore();
});

test('from list to list a child is never nowhere in between', () => {
  const nowhere = vi.spyOn(Element.prototype, 'remove');
  arrange(one, pick('acd'));
  expect(shown(one)).toBe('abcd');
  arrange(other, pick('be'));
  expect([shown(one), shown(other)]).toEqual(['acd', 'be']);
  expect(nowhere).not.toHaveBeenCalled();
  nowhere.mockRestore();
});
