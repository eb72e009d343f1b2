import { beforeEach, expect, test } from 'vitest';
import { Doc, type Text as YText } from 'yjs';
import { TextBinding } from './text-binding.js';

let area: HTMLTextAreaElement;
let text: YText;
let binding: TextBinding;

beforeEach(() => {
  area = document.createElement('textarea');
  document.body.replaceChildren(area);
  text = new Doc().getText('notes');
  text.insert(0, 'one three');
  binding = new TextBinding(
    area,
    () => text,
    () => undefined,
  );
  binding.bind(text, '');
});

/** Types as a browser does: the area changes, the caret stands after it, and an event says so. */
function type(value: string, caret: number) {
  area.value = value;
  area.setSelectionRange(caret, caret);
  area.dispatchEvent(new InputEvent('input'));
}

const compose = (what: 'start' | 'end') => area.dispatchEvent(new CompositionEvent(`composition${what}`));

test('what is typed goes into the text, and what others write into the area', () => {
  expect(area.value).toBe('one three');
  type('one two three', 8);
  expect(text.toString()).toBe('one two three');
  text.insert(0, 'zero ');
  expect(area.value).toBe('zero one two three');
});

test('the selection stays on its letters while others write before, within and after it', () => {
  area.setSelectionRange(4, 9, 'backward');
  text.insert(9, '!');
  text.insert(6, '--');
  text.insert(4, '>');
  text.delete(0, 4);
  expect(area.value).toBe('>th--ree!');
  expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe('th--ree');
  expect(area.selectionDirection).toBe('backward');
});

test('where two write at the same place, one’s own caret stays before what the other wrote', () => {
  area.setSelectionRange(3, 3);
  text.insert(3, ' and');
  expect([area.selectionStart, area.selectionEnd]).toEqual([3, 3]);
});

test('a composition goes out letter by letter as long as nobody else writes', () => {
  compose('start');
  type('one tthree', 5);
  expect(text.toString()).toBe('one tthree');
  compose('end');
  expect(text.toString()).toBe('one tthree');
});

test('what others write during a composition waits for its end, and both are kept', () => {
  compose('start');
  type('one にthree', 5);
  text.insert(0, 'zero ');
  text.insert(text.length, '!');
  expect(area.value).toBe('one にthree');
  type('one 日本three', 6);
  expect(text.toString()).toBe('zero one にthree!');
  compose('end');
  expect(text.toString()).toBe('zero one 日本three!');
  expect(area.value).toBe('zero one 日本three!');
  expect(area.selectionStart).toBe(11);
});

test('what others write into the very letters that are composed is not lost with them', () => {
  compose('start');
  text.insert(6, 'X');
  area.value = 'one 3';
  area.setSelectionRange(5, 5);
  compose('end');
  expect(text.toString()).toBe('one 3X');
});

test('a field without a text shows what there is and makes one when somebody types', () => {
  binding.bind(undefined, 'plain');
  expect(area.value).toBe('plain');
  text.delete(0, text.length);
  text.insert(0, 'plain');
  type('plainer', 7);
  expect(text.toString()).toBe('plainer');
  text.insert(0, 'still ');
  expect(area.value).toBe('still plainer');
});

test('after another text is bound, the former is not heard any more', () => {
  const other = new Doc().getText('other');
  binding.bind(other, '');
  text.insert(0, 'ghost');
  expect(area.value).toBe('');
  type('new', 3);
  expect([text.toString(), other.toString()]).toEqual(['ghostone three', 'new']);
  binding.destroy();
  other.insert(0, 'gone ');
  expect(area.value).toBe('new');
});
