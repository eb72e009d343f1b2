import { beforeEach, expect, test, vi } from 'vitest';
import { BoardPage, press } from '../testing/board-page.js';
import { room, T, text } from '../testing/room.js';
import { addDecision, changeCard, textOf } from './board-edits.js';
import { BoardModel } from './board-model.js';
import { SrCardElement } from './sr-card.component.js';

let page: BoardPage;
beforeEach(() => void (page = new BoardPage()));

test('the board is headed lists, and everything to press in them has a name', async () => {
  const id = page.add('Call the printer');
  changeCard(page.model, id, { owner: 'bob', due: '2027-01-01', sealed: true });
  await page.show();
  expect(
    [...page.root.querySelectorAll('h2, h3')].map((each) => each.textContent!.replace(/\s+/g, ' ').trim()),
  ).toEqual(['Action board', 'To do 1, 1 card', 'Doing 0, no cards', 'Done 0, no cards']);
  expect(page.root.querySelectorAll('section[aria-labelledby] > ol[role=list]')).toHaveLength(3);
  expect(page.inCard('Call the printer', '.face').textContent!.replace(/\s+/g, ' ')).toContain(
    'Call the printer Bob Overdue since Jan 1 Stays in this room',
  );
  expect(page.inCard('Call the printer', '.grip').getAttribute('aria-label')).toBe('Move “Call the printer”');
  for (const input of page.root.querySelectorAll('input'))
    expect(input.getAttribute('aria-label')).toMatch(/^Add a card to/);
});

test('Enter adds a card at the end of its column, and the line is empty for the next', async () => {
  page.add('First', 'doing');
  await page.show();
  for (const title of [' Second ', '   ', 'Third']) page.enter(title, 1);
  await page.settle();
  expect(page.titles(1)).toEqual(['First', 'Second', 'Third']);
  expect(page.model.cardsOf('doing')).toHaveLength(3);
  expect(page.announced).toBe('Added “Third” to Doing.');
  expect(page.enter('Fourth', 1).value).toBe('');
});

test('undo takes back one’s own edits and nobody else’s, by button and by key', async () => {
  page.add('Theirs');
  await page.show();
  page.enter('Mine');
  page.add('Theirs too');
  await page.settle();
  const [undo, redo] = page.root.querySelectorAll<HTMLButtonElement>('.tools button');
  expect([undo!.disabled, redo!.disabled]).toEqual([false, true]);
  undo!.click();
  await page.settle();
  expect(page.titles(0)).toEqual(['Theirs', 'Theirs too']);
  expect(undo!.disabled).toBe(true);
  press(page.board, 'z', { ctrlKey: true });
  press(page.board, 'Z', { ctrlKey: true, shiftKey: true });
  await page.settle();
  expect(page.titles(0)).toEqual(['Theirs', 'Mine', 'Theirs too']);
  expect(page.announced).toBe('Your change is back.');
});

test('a removed card is gone for all, and undo brings it back', async () => {
  page.add('Gone');
  page.add('Stays');
  await page.show();
  await page.open('Gone');
  page.inCard('Gone', '.remove').click();
  await page.settle();
  expect([page.titles(0), page.announced]).toEqual([['Stays'], 'Removed “Gone”. Undo brings it back.']);
  press(page.board, 'z', { metaKey: true });
  await page.settle();
  expect(page.titles(0)).toEqual(['Gone', 'Stays']);
});

test('one keystroke of somebody else draws one card again, and the room’s patches draw none', async () => {
  const id = page.add('Busy');
  for (let i = 0; i < 20; i++) page.add(`Quiet ${i}`);
  await page.show();
  const drawn = vi.spyOn(SrCardElement.prototype as unknown as { render(): unknown }, 'render');
  textOf(page.model, id, 'title')!.insert(0, 'x');
  await page.settle();
  expect(drawn).toHaveBeenCalledTimes(1);
  page.board.state = room({ timer: { status: 'running', endsAt: T } });
  await page.settle();
  expect(drawn).toHaveBeenCalledTimes(1);
  drawn.mockRestore();
});

test('what changes on the board and in the room at the same moment is drawn', async () => {
  await page.show();
  page.board.state = room({ timer: { status: 'running', endsAt: T } });
  page.add('New');
  await page.settle();
  expect(page.titles(0)).toEqual(['New']);
});

test('who comes to a card is drawn there, and on no other card', async () => {
  const id = page.add('Busy');
  page.add('Quiet');
  await page.show();
  const drawn = vi.spyOn(SrCardElement.prototype as unknown as { render(): unknown }, 'render');
  page.theirs.present({ card: id });
  page.theirs.present({ card: id, caret: { card: id, field: 'title', anchor: 1, head: 2 } });
  await page.settle();
  expect(page.inCard('Busy', '.who').textContent).toBe('Bob');
  expect(drawn).toHaveBeenCalledTimes(1);
  drawn.mockRestore();
});

test('who only reads sees the shared notes grow', async () => {
  page.mine.say({ writable: false });
  await page.show();
  page.model.notes.insert(0, 'As it is said');
  const minutes = page.root.querySelector('sr-minutes')!;
  const text = minutes.shadowRoot!.querySelector('sr-board-text')!;
  await text.updateComplete;
  expect(text.shadowRoot!.querySelector('.mirror')?.textContent).toContain('As it is said');
});

test('of a thousand cards some are there at once and the rest follows', async () => {
  page.theirs.doc.transact(() => {
    for (let i = 0; i < 1000; i++) page.add(`Card ${i}`);
  });
  await page.show();
  expect(page.cards.length).toBeLessThan(100);
  expect(text(page.board, 'h3')).toBe('To do 1000, 1,000 cards');
  await vi.waitFor(() => expect(page.cards).toHaveLength(1000), { timeout: 20_000 });
}, 30_000);

test('what is not saved, not taken or not kept is said', async () => {
  const state = room();
  state.room.offRecord = true;
  await page.show({ state });
  page.mine.say({ unsaved: 3 });
  await page.settle();
  expect(text(page.board, '.tools [role=status]')).toBe('3 changes not saved yet');
  expect(text(page.board, '.strip')).toBe('Off the record: what is written here now is not stored.');
  page.mine.say({ unsaved: 0, refused: 'too_large' });
  await page.settle();
  expect(text(page.board, '[role=alert]')).toBe('Your last change was too long for this board and was left out.');
  page.mine.say({ refused: 'unavailable', synced: false });
  await page.settle();
  expect(text(page.board, '[role=alert]')).toBe('The room did not take your last change.');
  expect(text(page.board)).toContain('Loading the board…');
});

test('a board that began anew is drawn from its new document, and written into that', async () => {
  page.add('Old');
  await page.show();
  page.mine.reset();
  await page.settle();
  expect(page.cards).toHaveLength(0);
  page.enter('New');
  expect(new BoardModel(page.mine.doc).cards.size).toBe(1);
});

test('decisions are kept beside the cards', async () => {
  addDecision(page.model, 'No newsletter', T);
  await page.show();
  const minutes = page.root.querySelector('sr-minutes')!;
  const inside = minutes.shadowRoot!;
  const line = inside.querySelector<HTMLInputElement>('.add input')!;
  line.value = 'No fair';
  line.form!.dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
  await page.settle();
  await minutes.updateComplete;
  const [first] = inside.querySelectorAll('textarea');
  first!.value = 'No newsletters';
  first!.dispatchEvent(new Event('change'));
  expect(page.model.decisions.map(({ text }) => text)).toEqual(['No newsletters', 'No fair']);
  inside.querySelector<HTMLButtonElement>('[aria-label="Remove decision 1"]')!.click();
  expect(page.model.decisions.map(({ text }) => text)).toEqual(['No fair']);
});

test('a wall shows all of it and has nothing to press; the card that is talked about says so', async () => {
  const id = page.add('Topic');
  page.add('Other', 'doing');
  await page.show({ wall: true, pointed: id });
  const buttons = [page.root, ...page.cards.map(({ shadowRoot }) => shadowRoot!)].flatMap((each) => [
    ...each.querySelectorAll('button, input, textarea, select, a'),
  ]);
  expect(buttons).toEqual([]);
  expect(page.inCard('Topic', '.mark').textContent?.trim()).toBe('We are here');
  expect(page.cardOf('Other').shadowRoot!.querySelector('.mark')).toBeNull();
});

test('a facilitator whose screen shows the board points at cards on it', async () => {
  const id = page.add('Topic');
  page.mine.present({ stage: 'board' });
  await page.show({ manage: true });
  page.inCard('Topic', '.point').click();
  await page.settle();
  expect(page.mine.presence).toMatchObject({ card: id, stage: 'board' });
  expect(page.inCard('Topic', '.point').getAttribute('aria-pressed')).toBe('true');
  page.inCard('Topic', '.point').click();
  expect(page.mine.presence.card).toBeUndefined();
});
