import { expect, test } from 'vitest';
import { applyUpdate, Array as YArray, Doc, encodeStateAsUpdate, Map as YMap, Text as YText, XmlFragment } from 'yjs';
import { TestBoard } from '../testing/board.js';
import {
  addCard,
  addDecision,
  changeCard,
  changeDecision,
  makeText,
  moveCard,
  ownHistory,
  removeCard,
  removeDecision,
  textOf,
  typing,
} from './board-edits.js';
import { BoardModel, type BoardChange } from './board-model.js';

const T = 1_800_000_000_000;

function two() {
  const [a, b] = TestBoard.pair();
  return [new BoardModel(a.doc), new BoardModel(b.doc)] as const;
}

const add = (model: BoardModel, title: string, column = 'todo') =>
  addCard(model, { title, column, by: 'ann', at: T + 0.4 });
const titles = (model: BoardModel, column: string) => model.cardsOf(column).map((id) => model.cards.get(id)?.title);
const type = (model: BoardModel, id: string, text: string) =>
  model.doc.transact(() => textOf(model, id, 'title')!.insert(0, text), typing);

test('a board without columns has three, and a board’s own come in their order', () => {
  const doc = new Doc();
  const model = new BoardModel(doc);
  expect(model.columns.map(({ id }) => id)).toEqual(['todo', 'doing', 'done']);
  const column = (id: unknown, title: unknown) => new YMap(Object.entries({ id, title }));
  doc
    .getArray('columns')
    .push([column('now', 'Now'), column('now', 'Twice'), column(7, 'No id'), 'text', column('later', 3)]);
  expect(model.columns).toEqual([
    { id: 'now', title: 'Now' },
    { id: 'later', title: '' },
  ]);
});

test('a new card is what the contract says', () => {
  const [model] = two();
  const id = add(model, 'Call the printer');
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect((model.doc.getMap('actions').get(id) as YMap<unknown>).toJSON()).toEqual({
    title: 'Call the printer',
    notes: '',
    outcome: '',
    column: 'todo',
    rank: 'a0',
    createdBy: 'ann',
    createdAt: T,
  });
});

test('what one does the other reads, and of the others’ cards nothing is read again', () => {
  const [a, b] = two();
  const one = add(a, 'One');
  const two_ = add(a, 'Two');
  const untouched = b.cards.get(two_);
  const changes: BoardChange[] = [];
  b.subscribe((change) => changes.push(change));
  type(a, one, 'Number ');
  changeCard(a, one, { owner: 'bob', due: '2026-12-01', sealed: true });
  expect(b.cards.get(one)).toMatchObject({ title: 'Number One', owner: 'bob', due: '2026-12-01', sealed: true });
  expect(changes).toEqual([
    { cards: new Set([one]), order: false, decisions: false },
    { cards: new Set([one]), order: false, decisions: false },
  ]);
  expect(b.cards.get(two_)).toBe(untouched);
  changeCard(a, one, { owner: undefined, due: undefined, sealed: false });
  expect(b.cards.get(one)).toMatchObject({ owner: undefined, due: undefined, sealed: false });
});

test('cards go to any place of any column', () => {
  const [model] = two();
  const [a, b, c] = [add(model, 'A'), add(model, 'B'), add(model, 'C')] as const;
  moveCard(model, c, 'todo', 0);
  expect(titles(model, 'todo')).toEqual(['C', 'A', 'B']);
  moveCard(model, a, 'doing', 5);
  moveCard(model, b, 'doing', 0);
  expect([titles(model, 'todo'), titles(model, 'doing')]).toEqual([['C'], ['B', 'A']]);
});

test('two people who move cards at the same moment lose neither', () => {
  const [one, other] = [new BoardModel(new Doc()), new BoardModel(new Doc())];
  const meet = () => {
    applyUpdate(other.doc, encodeStateAsUpdate(one.doc));
    applyUpdate(one.doc, encodeStateAsUpdate(other.doc));
  };
  const cards = ['A', 'B', 'C', 'D'].map((title) => add(one, title));
  meet();
  moveCard(one, cards[0]!, 'doing', 0);
  moveCard(other, cards[1]!, 'doing', 0);
  meet();
  expect(titles(one, 'doing').sort()).toEqual(['A', 'B']);
  expect(titles(other, 'doing')).toEqual(titles(one, 'doing'));
  expect(titles(one, 'todo')).toEqual(['C', 'D']);
  // Both came to the same rank; between the two there is room all the same.
  moveCard(one, cards[2]!, 'doing', 1);
  meet();
  expect(titles(one, 'doing')[1]).toBe('C');
  expect(titles(other, 'doing')).toEqual(titles(one, 'doing'));
});

test('what other software wrote is read as far as it goes, and breaks nothing', () => {
  const doc = new Doc();
  const actions = doc.getMap('actions');
  const hostile: Record<string, unknown> = {
    number: 7,
    text: 'no map',
    list: new YArray(),
    __proto__x: null,
    empty: new YMap(),
    odd: new YMap<unknown>(
      Object.entries({
        title: '<img src=x onerror=alert(1)>\u202e',
        notes: 3,
        owner: new YMap(),
        due: '2026-02-30',
        column: 'nowhere',
        rank: 9,
        sealed: 'yes',
        outcome: new XmlFragment(),
      }),
    ),
  };
  for (const [id, value] of Object.entries(hostile)) actions.set(id, value);
  actions.set('__proto__', new YMap<unknown>([['title', new YText('Proto')]]));
  doc.getArray('decisions').push([1, 'x', new YMap<unknown>([['at', 'soon']])]);
  const model = new BoardModel(doc);
  expect(titles(model, 'todo')).toEqual(['Proto', '', '<img src=x onerror=alert(1)>\u202e']);
  expect(model.cards.get('odd')).toEqual({
    id: 'odd',
    title: '<img src=x onerror=alert(1)>\u202e',
    notes: '',
    outcome: '',
    owner: undefined,
    due: undefined,
    column: 'nowhere',
    rank: '',
    sealed: false,
  });
  expect(model.decisions).toMatchObject([{ text: '', at: undefined }]);
  moveCard(model, 'odd', 'todo', 0);
  expect(model.cardsOf('todo')).toEqual(['odd', '__proto__', 'empty']);
});

test('a field without a text gets one from what is shown, as soon as somebody writes in it', () => {
  const doc = new Doc();
  doc.getMap('actions').set('x', new YMap<unknown>([['title', 'Plain']]));
  const model = new BoardModel(doc);
  expect(textOf(model, 'x', 'title')).toBeUndefined();
  makeText(model, 'x', 'title').insert(5, '!');
  expect(model.cards.get('x')?.title).toBe('Plain!');
  expect(makeText(model, 'x', 'title')).toBe(textOf(model, 'x', 'title'));
});

test('undo takes back one’s own edits only, step by step, and redo brings them back', () => {
  const [a, b] = two();
  const history = ownHistory(a);
  const mine = add(a, 'Mine');
  const theirs = add(b, 'Theirs');
  type(a, mine, 'm');
  type(a, mine, 'm');
  type(b, mine, 't');
  changeCard(a, mine, { due: '2026-12-01' });
  history.undo();
  expect(a.cards.get(mine)).toMatchObject({ title: 'tmmMine', due: undefined });
  history.undo();
  expect(b.cards.get(mine)?.title).toBe('tMine');
  history.undo();
  expect(b.cards.has(mine)).toBe(false);
  expect(history.canUndo()).toBe(false);
  expect(b.cards.get(theirs)?.title).toBe('Theirs');
  history.redo();
  expect(b.cards.get(mine)?.title).toContain('Mine');
});

test('a removed card comes back with undo as it was', () => {
  const [a, b] = two();
  const id = add(a, 'Keep me');
  changeCard(a, id, { owner: 'bob' });
  const history = ownHistory(b);
  removeCard(b, id);
  expect(a.cards.has(id)).toBe(false);
  history.undo();
  expect(a.cards.get(id)).toMatchObject({ title: 'Keep me', owner: 'bob' });
});

test('decisions are added, changed and removed, each with the moment it was made', () => {
  const [a, b] = two();
  addDecision(a, 'Stop the newsletter', T);
  addDecision(b, 'Hire one', T + 1);
  changeDecision(b, b.decisions[0]!, 'Stop both newsletters');
  const gone = a.decisions[1]!;
  removeDecision(a, gone);
  changeDecision(a, gone, 'too late');
  removeDecision(a, gone);
  expect(b.decisions).toMatchObject([{ text: 'Stop both newsletters', at: T }]);
});

test('a thousand cards are read, and one keystroke reads one of them', () => {
  const [a] = two();
  a.doc.transact(() => {
    for (let i = 0; i < 1000; i++) add(a, `Card ${i}`, ['todo', 'doing', 'done'][i % 3]);
  });
  expect(a.cards.size).toBe(1000);
  const before = [...a.cards.values()];
  type(a, before[500]!.id, 'x');
  expect([...a.cards.values()].filter((card, i) => card !== before[i])).toHaveLength(1);
});
