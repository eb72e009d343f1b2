import { beforeEach, expect, test, vi } from 'vitest';
import { Map as YMap } from 'yjs';
import { BoardPage, type } from '../testing/board-page.js';
import { person, room, T, text } from '../testing/room.js';
import { addDecision, moveCard, removeCard, textOf } from './board-edits.js';
import { caretOf } from './presence.js';
import type { SrBoardTextElement } from './sr-board-text.component.js';

let page: BoardPage;
beforeEach(() => void (page = new BoardPage()));

test('two write in one card, each sees the other’s words and where the other is', async () => {
  const id = page.add('Draft');
  await page.show();
  await page.open('Draft');
  expect(page.mine.presence.card).toBe(id);
  type(page.area('Draft', 'title'), 'Draft it');
  expect(textOf(page.model, id, 'title')!.toString()).toBe('Draft it');
  expect(page.theirs.awareness.getStates().get(page.mine.doc.clientID)).toMatchObject({ card: id });
  textOf(page.model, id, 'notes')!.insert(0, 'by Friday');
  page.theirs.present({ card: id, caret: { card: id, field: 'notes', anchor: null, head: null } });
  await page.settle();
  expect(page.area('Draft it', 'notes').value).toBe('by Friday');
  expect(page.inCard('Draft it', '.here').textContent!.replace(/\s+/g, ' ').trim()).toBe('Bob here');
});

test('others’ carets stand in the text under their names', async () => {
  const id = page.add('Draft');
  await page.show();
  await page.open('Draft');
  page.theirs.present({ card: id, caret: caretOf(id, 'title', textOf(page.model, id, 'title')!, 0, 3) });
  await page.settle();
  const mirror = page.inCard<SrBoardTextElement>('Draft', 'sr-board-text.title').shadowRoot!;
  expect(mirror.querySelector('.flag')?.textContent).toBe('Bob');
  expect(mirror.querySelector('.selected')?.textContent).toBe('Dra');
  page.theirs.present({ caret: undefined });
  await page.settle();
  expect(mirror.querySelector('.caret')).toBeNull();
});

test('a card that somebody else moves takes along whoever writes in it', async () => {
  const id = page.add('Mine');
  page.add('Other', 'doing');
  await page.show();
  await page.open('Mine');
  const before = page.area('Mine', 'title');
  before.focus();
  before.setSelectionRange(1, 3);
  moveCard(page.model, id, 'doing', 1);
  await page.settle();
  expect(page.titles(1)).toEqual(['Other', 'Mine']);
  expect(page.area('Mine', 'title')).toBe(before);
  expect([before.selectionStart, before.selectionEnd]).toEqual([1, 3]);
  type(before, 'Mine still');
  expect(textOf(page.model, id, 'title')!.toString()).toBe('Mine still');
});

test('when the card that one writes in is removed, one is told and stands beside it', async () => {
  const id = page.add('Mine');
  page.add('Next');
  await page.show();
  await page.open('Mine');
  page.area('Mine', 'title').focus();
  removeCard(page.model, id);
  await page.settle();
  await page.settle();
  expect(page.announced).toBe('“Mine” was removed by somebody else.');
  await vi.waitFor(() => expect(page.root.activeElement).toBe(page.cardOf('Next')));
  expect(page.mine.presence.card).toBeUndefined();
});

test('who neither drags nor uses arrow keys moves a card from within it', async () => {
  const id = page.add('Card');
  page.add('Above', 'done');
  await page.show();
  await page.open('Card');
  const column = [...page.cardOf('Card').shadowRoot!.querySelectorAll('select')].at(-1)!;
  column.value = 'done';
  column.dispatchEvent(new Event('change'));
  await page.settle();
  expect(page.model.cardsOf('done')[1]).toBe(id);
  page.inCard('Card', '[aria-label="Earlier in the column"]').click();
  await page.settle();
  expect(page.model.cardsOf('done')[0]).toBe(id);
  expect(page.announced).toBe('“Card” is now 1 of 2 in Done.');
});

test('a card is given to anybody who takes part, seats included, and dated and sealed', async () => {
  const id = page.add('Card');
  const state = room();
  state.people['seat'] = person('Chair', 'member', { seatOf: 'fay' });
  state.people['wall'] = person('Projector', 'projector');
  await page.show({ state });
  await page.open('Card');
  const [owner] = page.cardOf('Card').shadowRoot!.querySelectorAll('select');
  expect([...owner!.options].map(({ label, textContent }) => label || textContent)).toEqual([
    'Nobody yet',
    'Ann',
    'Bob',
    'Chair',
    'Fay',
  ]);
  const set = (field: HTMLInputElement | HTMLSelectElement, value: string) => {
    field.value = value;
    field.dispatchEvent(new Event('change'));
  };
  set(owner!, 'seat');
  set(page.inCard<HTMLInputElement>('Card', '[type=date]'), '2027-02-01');
  page.inCard('Card', '[type=checkbox]').click();
  expect(page.model.cards.get(id)).toMatchObject({ owner: 'seat', due: '2027-02-01', sealed: true });
  set(owner!, '');
  expect(page.model.cards.get(id)?.owner).toBeUndefined();
});

test('who may not write reads everything and finds nothing to change', async () => {
  const id = page.add('Read me');
  textOf(page.model, id, 'notes')!.insert(0, 'Long notes');
  textOf(page.model, id, 'outcome')!.insert(0, 'See https://example.org/x');
  addDecision(page.model, 'Decided', T);
  page.mine.say({ writable: false });
  await page.show();
  expect(text(page.board, '.tools')).toBe('You can read this board.');
  await page.open('Read me');
  expect(page.root.querySelectorAll('input, textarea, .grip')).toHaveLength(0);
  const inside = page.cardOf('Read me').shadowRoot!;
  expect(inside.querySelectorAll('input, select, .remove, .grip')).toHaveLength(0);
  expect(
    page.texts.map((each) => each.shadowRoot!.querySelector('.mirror')?.textContent?.replace('\u200b', '')),
  ).toEqual(['Read me', 'Long notes']);
  const link = inside.querySelector('a')!;
  expect([link.href, link.rel]).toEqual(['https://example.org/x', 'noopener noreferrer']);
});

test('hostile cards and people are text', async () => {
  const markup = '<img src=x onerror=alert(1)>\u202e';
  const id = page.add(markup);
  textOf(page.model, id, 'outcome')!.insert(0, `javascript:alert(1) ${markup}`);
  page.theirs.doc.getMap('actions').set('odd', new YMap<unknown>([['title', 5]]));
  page.theirs.doc.getArray('columns').push([new YMap(Object.entries({ id: 'todo', title: markup }))]);
  page.theirs.present({ card: id, pid: '<b>' });
  await page.show();
  expect(page.titles(0)).toEqual(['', markup]);
  expect(page.inCard('', '.name').textContent).toBe('Untitled');
  for (const each of [page.root, ...page.cards.map(({ shadowRoot }) => shadowRoot!)])
    expect(each.querySelectorAll('img, b, a')).toHaveLength(0);
});
