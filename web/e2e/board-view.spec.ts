import type { Browser, Locator, Page } from '@playwright/test';
import { Doc, encodeStateAsUpdate, Map as YMap, XmlElement, XmlText } from 'yjs';
import { expect, HubPerson, test, TestRoom } from './fixtures.js';
import { violations } from './violations.js';

const board = (page: Page) => page.locator('sr-board');
const column = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name} `) });
const cards = (page: Page, name: string) => column(page, name).locator('sr-card');
const titles = (page: Page, name: string) => cards(page, name).locator('.name');
const cardOf = (page: Page, title: string) => board(page).locator('sr-card').filter({ hasText: title });
const said = (page: Page) => board(page).locator('> p[role=status], p.hidden-text[role=status]').last();

async function addCards(page: Page, name: string, ...all: string[]): Promise<void> {
  const line = page.getByLabel(`Add a card to ${name}`);
  await line.click();
  // Enter adds and goes on: the line keeps the focus.
  for (const title of all) await page.keyboard.type(`${title}\n`);
  await expect(line).toBeFocused();
  await expect(titles(page, name)).toContainText(all);
}

async function two(browser: Browser, server: Parameters<typeof TestRoom.create>[0], title: string) {
  const room = await TestRoom.create(server, { title });
  const ann = await room.openAsMember(browser, 'Ann');
  const bob = await room.openAsMember(browser, 'Bob');
  for (const page of [ann, bob]) await expect(page.getByLabel('Add a card to Doing')).toBeVisible();
  const leave = () => Promise.all([ann, bob].map((page) => page.context().close()));
  return { room, ann, bob, leave };
}

async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let i = 0; i < 80 && !(await target.evaluate((each) => each.matches(':focus'))); i++)
    await page.keyboard.press('Tab');
  await expect(target).toBeFocused();
}

test('a card is moved with the keyboard alone, and each place is announced', async ({ browser, server }) => {
  const { ann, bob, leave } = await two(browser, server, 'Keys on the board');
  await addCards(bob, 'Doing', 'First', 'Second');
  await addCards(bob, 'To do', 'Above', 'Move me');
  await expect(titles(ann, 'To do')).toHaveText(['Above', 'Move me']);

  await tabTo(ann, ann.getByRole('button', { name: 'Move “Move me”' }));
  await ann.keyboard.press('Enter');
  await expect(said(ann)).toHaveText(/^Lifted “Move me”, 2 of 2 in To do\./);
  await ann.keyboard.press('ArrowRight');
  await expect(said(ann)).toHaveText('2 of 3 in Doing');
  await expect(titles(ann, 'Doing')).toHaveText(['First', 'Move me', 'Second']);
  await expect(titles(bob, 'Doing')).toHaveText(['First', 'Second']);
  await ann.keyboard.press('ArrowDown');
  await expect(said(ann)).toHaveText('3 of 3 in Doing');
  // Moved into another list, the card has kept the focus.
  await expect(ann.getByRole('button', { name: 'Move “Move me”' })).toBeFocused();
  await ann.keyboard.press('Space');
  await expect(said(ann)).toHaveText('“Move me” is now 3 of 3 in Doing.');
  await expect(titles(bob, 'Doing')).toHaveText(['First', 'Second', 'Move me']);

  await ann.keyboard.press('Enter');
  await ann.keyboard.press('ArrowUp');
  await ann.keyboard.press('Escape');
  await expect(said(ann)).toHaveText('“Move me” is back where it was.');
  await expect(titles(ann, 'Doing')).toHaveText(['First', 'Second', 'Move me']);
  await leave();
});

test('a card is dragged with the mouse, and a press without a drag opens it', async ({ browser, server }) => {
  const { ann, bob, leave } = await two(browser, server, 'Mouse on the board');
  await addCards(ann, 'To do', 'Drag me', 'Stay');
  await addCards(ann, 'Done', 'Below');
  await cardOf(ann, 'Drag me').hover();
  await ann.mouse.down();
  const target = (await cardOf(ann, 'Below').boundingBox())!;
  await ann.mouse.move(target.x + 60, target.y + 30, { steps: 12 });
  await ann.mouse.move(target.x + 60, target.y + 6, { steps: 4 });
  await ann.mouse.up();
  await expect(titles(bob, 'Done')).toHaveText(['Drag me', 'Below']);
  await expect(ann.locator('sr-card[open]')).toHaveCount(0);
  await cardOf(ann, 'Stay').click();
  await expect(ann.getByLabel('Title', { exact: true })).toBeFocused();
  await leave();
});

test('a finger that rests on a card lifts it, and one that moves at once scrolls the page', async ({
  browser,
  server,
}) => {
  const room = await TestRoom.create(server, { title: 'Fingers on the board' });
  const phone = { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true };
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(room.link('member'));
  await page.getByLabel('Your name').fill('Tap');
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await addCards(page, 'To do', 'First', 'Second', 'Third');
  await board(page).evaluate((element) => element.scrollIntoView());
  const cdp = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  const start = (await cardOf(page, 'First').boundingBox())!;
  const end = (await cardOf(page, 'Third').boundingBox())!;
  const x = start.x + 40;

  await touch('touchStart', x, start.y + 20);
  await expect(cardOf(page, 'First')).toHaveAttribute('lifted');
  for (let y = start.y + 20; y < end.y + end.height - 4; y += 8) await touch('touchMove', x, y);
  await touch('touchEnd');
  await expect(titles(page, 'To do')).toHaveText(['Second', 'Third', 'First']);

  const scrolled = () => page.evaluate(() => scrollY);
  const before = await scrolled();
  await touch('touchStart', x, start.y + 60);
  for (let y = start.y + 60; y > start.y - 90; y -= 15) await touch('touchMove', x, y);
  await touch('touchEnd');
  await expect.poll(scrolled).toBeGreaterThan(before);
  await expect(titles(page, 'To do')).toHaveText(['Second', 'Third', 'First']);
  await page.context().close();
});

test('two people write in one card and see each other’s words and carets', async ({ browser, server }) => {
  const { ann, bob, leave } = await two(browser, server, 'Carets');
  await addCards(ann, 'To do', 'Draft');
  await cardOf(ann, 'Draft').click();
  await cardOf(bob, 'Draft').click();
  await expect(cardOf(ann, 'Bob')).toContainText('Bob here');
  const notes = (page: Page) => page.getByLabel('Notes', { exact: true }).first();
  await notes(ann).click();
  await ann.keyboard.type('one three');
  await expect(notes(bob)).toHaveValue('one three');
  await expect(bob.locator('sr-board-text.notes .flag')).toHaveText('Ann');

  await notes(bob).click();
  await bob.keyboard.press('Home');
  for (let i = 0; i < 4; i++) await bob.keyboard.press('ArrowRight');
  await expect(ann.locator('sr-board-text.notes .flag')).toHaveText('Bob');
  await Promise.all([ann.keyboard.type(' four', { delay: 20 }), bob.keyboard.type('two ', { delay: 20 })]);
  for (const page of [ann, bob]) await expect(notes(page)).toHaveValue('one two three four');
  // Each caret stands where its owner wrote last, though the other has written in the meantime.
  const caret = (page: Page) => notes(page).evaluate((area: HTMLTextAreaElement) => area.selectionStart);
  expect(await Promise.all([caret(ann), caret(bob)])).toEqual([18, 8]);

  await bob.keyboard.press('Shift+End');
  await expect(ann.locator('sr-board-text.notes .selected')).toHaveText('three four');
  await bob.keyboard.press('Escape');
  await expect(ann.locator('sr-board-text.notes .flag')).toHaveCount(0);
  await leave();
});

test('somebody else moves the card that one writes in, and neither word nor focus is lost', async ({
  browser,
  server,
}) => {
  const { ann, bob, leave } = await two(browser, server, 'Moved away');
  await addCards(ann, 'To do', 'Mine', 'Other');
  await cardOf(ann, 'Mine').click();
  const title = ann.getByLabel('Title', { exact: true });
  await expect(title).toBeFocused();
  await ann.keyboard.type(' and');
  await bob.getByRole('button', { name: 'Move “Mine and”' }).click();
  await bob.keyboard.press('ArrowRight');
  await bob.keyboard.press('Enter');
  await expect(cards(ann, 'Doing')).toHaveCount(1);
  await expect(title).toBeFocused();
  await ann.keyboard.type(' still');
  await expect(titles(bob, 'Doing')).toHaveText(['Mine and still']);
  await leave();
});

test('undo takes back one’s own edits only', async ({ browser, server }) => {
  const { ann, bob, leave } = await two(browser, server, 'Undo');
  await addCards(ann, 'To do', 'Of Ann');
  await addCards(bob, 'To do', 'Of Bob');
  await expect(titles(ann, 'To do')).toHaveText(['Of Ann', 'Of Bob']);
  await ann.getByRole('button', { name: 'Undo' }).click();
  for (const page of [ann, bob]) await expect(titles(page, 'To do')).toHaveText(['Of Bob']);
  await expect(ann.getByRole('button', { name: 'Undo' })).toBeDisabled();
  await ann.getByRole('button', { name: 'Redo' }).click();
  for (const page of [ann, bob]) await expect(titles(page, 'To do')).toHaveText(['Of Ann', 'Of Bob']);

  await cardOf(bob, 'Of Bob').click();
  await bob.getByRole('button', { name: 'Remove card' }).click();
  await expect(titles(ann, 'To do')).toHaveText(['Of Ann']);
  await bob.keyboard.press('Control+z');
  await expect(titles(ann, 'To do')).toHaveText(['Of Ann', 'Of Bob']);
  await leave();
});

test('the facilitator shows the board on the wall and points at a card; off the record it is thrown away or kept', async ({
  browser,
  server,
}) => {
  const room = await TestRoom.create(server, { title: 'On the wall' });
  const wall = await room.openProjector(browser);
  const page = await (await browser.newContext()).newPage();
  await page.goto(room.link('facilitator'));
  await page.getByLabel('Your name').fill('Fay');
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await addCards(page, 'To do', 'Topic');

  await page.getByRole('button', { name: 'Board on the big screen' }).click();
  await expect(wall.locator('sr-board')).toContainText('Topic');
  await expect(wall.locator('sr-board').getByRole('button')).toHaveCount(0);
  await page.getByRole('button', { name: 'Show on the big screen: “Topic”' }).click();
  await expect(wall.locator('sr-card[pointed]')).toContainText('We are here');
  // While the facilitator is away the wall stays as it is, and after a reload it is still theirs.
  await page.reload();
  await expect(page.getByRole('button', { name: 'Board on the big screen' })).toHaveAttribute('aria-pressed', 'true');
  await expect(wall.locator('sr-card')).toContainText('Topic');
  await wall.keyboard.press('b');
  await expect(wall.locator('sr-board')).toHaveCount(0);
  await wall.keyboard.press('b');

  const record = async (answer: string) => {
    await page.getByRole('button', { name: 'Go off the record' }).click();
    await expect(board(page)).toContainText('Off the record: what is written here now is not stored.');
    await addCards(page, 'Done', 'Between us');
    await page.getByRole('button', { name: 'Back on the record' }).click();
    await page.getByRole('button', { name: answer }).click();
    await expect(board(page)).not.toContainText('Off the record');
  };
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await record('Throw it away');
  await expect(cards(page, 'Done')).toHaveCount(0);
  await expect(titles(page, 'To do')).toHaveText(['Topic']);
  await record('Keep it');
  await expect(titles(page, 'Done')).toHaveText(['Between us']);
  await page.reload();
  await expect(titles(page, 'Done')).toHaveText(['Between us']);
  await Promise.all([page.context().close(), wall.context().close()]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the board page has no accessibility violations in the ${colorScheme} theme`, async ({ browser, server }) => {
    const room = await TestRoom.create(server, { title: 'Accessible board' });
    const facilitator = await HubPerson.connect(room, await room.enter('facilitator', 'Fay'));
    const page = await (await browser.newContext({ colorScheme, reducedMotion: 'reduce' })).newPage();
    await page.goto(room.link('member'));
    await page.getByLabel('Your name').fill('Mei');
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await addCards(page, 'To do', 'Overdue and sealed', 'قائمة');
    await cardOf(page, 'Overdue').click();
    await page.getByLabel('Owner').selectOption({ label: 'Mei' });
    await page.getByLabel('Due', { exact: true }).fill('2020-02-03');
    await page.getByRole('checkbox', { name: /^Keep in this room/ }).check();
    await page.getByLabel('Outcome').fill('See https://example.org/x.');
    await page.getByLabel('Add a decision').fill('We stop');
    await page.keyboard.press('Enter');
    await facilitator.must({ type: 'record.off' });
    await expect(board(page)).toContainText('Off the record');
    expect(await violations(page), 'a card is open').toEqual([]);
    await page.getByRole('button', { name: 'Close' }).click();
    expect(await violations(page), 'all cards are closed').toEqual([]);
    await page.getByRole('button', { name: /^Move “\u2068?قائمة\u2069?”$/ }).press('Enter');
    expect(await violations(page), 'a card is lifted').toEqual([]);
    await page.setViewportSize({ width: 360, height: 780 });
    expect(await violations(page), 'on a phone').toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const wall = await room.openProjector(browser);
    await wall.keyboard.press('b');
    await expect(wall.locator('sr-card').first()).toBeVisible();
    expect(await violations(wall), 'the wall').toEqual([]);
    await facilitator.leave();
    await Promise.all([page.context().close(), wall.context().close()]);
  });
}

test('what other software has put into the board beside cards disturbs no page and outlives its edits', async ({
  browser,
  server,
}) => {
  const room = await TestRoom.create(server, { title: 'Foreign' });
  const other = await HubPerson.connect(room, await room.enter('member', 'Other'));
  const doc = new Doc();
  const paragraph = new XmlElement('p');
  doc.getXmlFragment('page').insert(0, [paragraph, new XmlText('loose')]);
  paragraph.setAttribute('class', 'lead');
  const card = new YMap<unknown>();
  doc.getMap('actions').set('theirs', card);
  card.set('title', 'Theirs');
  card.set('drawing', new XmlElement('svg'));
  await other.push(encodeStateAsUpdate(doc));

  const ann = await room.openAsMember(browser, 'Ann');
  await expect(cardOf(ann, 'Theirs')).toBeVisible();
  await addCards(ann, 'Doing', 'Ours');
  const bob = await room.openAsMember(browser, 'Bob');
  await expect(cardOf(bob, 'Theirs')).toBeVisible();
  await expect(cardOf(bob, 'Ours')).toBeVisible();
  await Promise.all([ann.context().close(), bob.context().close(), other.leave()]);
});
