import { beforeEach, expect, test } from 'vitest';
import { BoardPage, press } from '../testing/board-page.js';

let page: BoardPage;
beforeEach(() => void (page = new BoardPage()));

test('the keyboard moves a card, says each place, and nobody else sees it before it is put down', async () => {
  const id = page.add('Move me');
  for (const title of ['A', 'B']) page.add(title, 'doing');
  await page.show();
  page.inCard('Move me', '.grip').click();
  await page.settle();
  expect(page.announced).toBe(
    'Lifted “Move me”, 1 of 1 in To do. Arrow keys move it, Enter puts it down, Escape puts it back.',
  );
  const grip = () => page.inCard('Move me', '.grip');
  press(grip(), 'ArrowRight');
  await page.settle();
  expect(page.announced).toBe('1 of 3 in Doing');
  press(grip(), 'ArrowDown');
  press(grip(), 'ArrowDown');
  press(grip(), 'ArrowDown');
  await page.settle();
  expect(page.announced).toBe('3 of 3 in Doing');
  expect(page.titles(1)).toEqual(['A', 'B', 'Move me']);
  expect(page.model.cardsOf('doing')).toHaveLength(2);
  expect(grip().getAttribute('aria-pressed')).toBe('true');
  press(grip(), 'Enter');
  await page.settle();
  expect(page.announced).toBe('“Move me” is now 3 of 3 in Doing.');
  expect(page.model.cardsOf('doing')[2]).toBe(id);
});

test('Escape puts the card back, and so does going elsewhere', async () => {
  page.add('A');
  const id = page.add('B');
  await page.show();
  const lift = async () => {
    page.inCard('B', '.grip').click();
    press(page.inCard('B', '.grip'), 'ArrowUp');
    await page.settle();
    expect(page.titles(0)).toEqual(['B', 'A']);
  };
  await lift();
  press(page.inCard('B', '.grip'), 'Escape');
  await page.settle();
  expect(page.announced).toBe('“B” is back where it was.');
  await lift();
  page.board.dispatchEvent(new FocusEvent('focusout'));
  await page.settle();
  expect(page.titles(0)).toEqual(['A', 'B']);
  expect(page.model.cardsOf('todo')[1]).toBe(id);
});
