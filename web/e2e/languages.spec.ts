import { readdirSync, readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { expect, HubPerson, test, TestRoom } from './fixtures.js';
import { violations } from './violations.js';

type Sentences = Record<string, string>;

const web = new URL('../', import.meta.url);
const translationOf = (language: string): Sentences =>
  Object.assign(
    {},
    ...['element', 'app'].map(
      (half) =>
        JSON.parse(readFileSync(new URL(`${half}/src/text/catalogues/${language}.json`, web), 'utf8')) as object,
    ),
  ) as Sentences;

/** Every whole sentence of English, as the sources have it. */
const english = ['element/src/', 'app/src/'].flatMap((folder) =>
  readdirSync(new URL(folder, web), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?:^|[/.])en\.ts$/.test(name))
    .flatMap((name) => [
      ...readFileSync(new URL(folder + name, web), 'utf8').matchAll(/^ {2}'[\w.]+':\s*'([^'{]+)',$/gm),
    ])
    .map(([, sentence]) => sentence!),
);

const readers = [
  { locale: 'de-AT', language: 'de', dir: 'ltr' },
  { locale: 'fr-CA', language: 'fr', dir: 'ltr' },
  { locale: 'es-MX', language: 'es', dir: 'ltr' },
  { locale: 'pt-BR', language: 'pt', dir: 'ltr' },
  { locale: 'ja-JP', language: 'ja', dir: 'ltr' },
  { locale: 'ar-EG', language: 'ar', dir: 'rtl' },
] as const;

/** Whatever a page shows or has read out, through all of its shadow roots. */
function everythingSaid(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const visit = (root: Node): void => {
      for (const node of root.childNodes) {
        if (node instanceof Text) found.push(node.data.replace(/\s+/g, ' ').trim());
        if (!(node instanceof Element) || ['STYLE', 'SCRIPT', 'NOSCRIPT'].includes(node.tagName)) continue;
        for (const name of ['aria-label', 'title', 'placeholder']) found.push(node.getAttribute(name) ?? '');
        visit(node);
        if (node.shadowRoot) visit(node.shadowRoot);
      }
    };
    visit(document.body);
    return found.filter((each) => each !== '');
  });
}

async function expectNoEnglish(page: Page, say: Sentences): Promise<void> {
  const shared = new Set(Object.values(say));
  const said = await everythingSaid(page);
  expect(said.length).toBeGreaterThan(5);
  // Each language has its own name in the menu.
  expect(said.filter((each) => each !== 'English' && english.includes(each) && !shared.has(each))).toEqual([]);
}

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function join(page: Page, room: TestRoom, say: Sentences, name: string): Promise<void> {
  await page.goto(room.link('member'));
  await page.getByLabel(say['join.name']!).fill(name);
  await page.getByRole('button', { name: say['join.enter']!, exact: true }).click();
  await expect(page.getByRole('heading', { name: room.created.title })).toBeVisible();
}

test('the sentences that are looked for are there', () => {
  expect(english.length).toBeGreaterThan(200);
  for (const each of ['Speaking queue', 'Open a room', 'Language', 'Action board']) expect(english).toContain(each);
});

for (const { locale, language, dir } of readers) {
  test(`${locale}: the lobby and a room open in it, whole, and without accessibility violations`, async ({
    browser,
    server,
  }) => {
    const say = translationOf(language);
    const room = await TestRoom.create(server, {
      title: 'ABC',
      agenda: [
        { title: '1', durationMs: 300_000 },
        { title: '2', durationMs: 600_000 },
      ],
    });
    const facilitator = await HubPerson.connect(room, await room.enter('facilitator', 'Fay', 'inRoom'));
    await facilitator.must({ type: 'session.start' });
    const context = await browser.newContext({
      locale,
      reducedMotion: 'reduce',
      viewport: { width: 360, height: 780 },
    });
    const page = await context.newPage();
    const html = page.locator('html');

    await page.goto(server.address);
    await expect(page.getByRole('heading', { name: say['lobby.headline']! })).toBeVisible();
    await expect(html).toHaveAttribute('lang', locale);
    await expect(html).toHaveAttribute('dir', dir);
    await page.getByText(say['lobby.more']!).click();
    await expect(page.getByRole('combobox', { name: say['language.choose']! })).toHaveValue(language);
    await expectNoEnglish(page, say);
    expect(await overflow(page), 'lobby').toBe(0);
    expect(await violations(page), 'lobby').toEqual([]);

    await page.goto(room.link('member'));
    await expect(page.getByRole('heading', { name: say['join.title']! })).toBeVisible();
    await expect(page.getByRole('combobox', { name: say['language.choose']! })).toHaveValue(language);
    await expectNoEnglish(page, say);
    expect(await violations(page), 'door').toEqual([]);
    await join(page, room, say, 'Mei');
    await page.getByRole('button', { name: say['intent.question']!, exact: true }).click();
    await expect(page.locator('sr-queue li')).toHaveCount(1);
    await expect(page.locator('sr-board')).toContainText(say['column.todo']!);
    await expect(html).toHaveAttribute('lang', locale);
    await expect(html).toHaveAttribute('dir', dir);
    await expectNoEnglish(page, say);
    expect(await overflow(page), 'member').toBe(0);
    expect(await violations(page), 'member').toEqual([]);

    await page.goto(room.link('facilitator'));
    await page.getByRole('button', { name: say['join.enter']!, exact: true }).click();
    await page.getByRole('button', { name: say['console.more']!, exact: true }).click();
    await expect(page.getByRole('heading', { name: say['console.mode']! })).toBeVisible();
    await expectNoEnglish(page, say);
    expect(await overflow(page), 'facilitator').toBe(0);
    expect(await violations(page), 'facilitator').toEqual([]);

    const screen = await browser.newContext({ locale, viewport: { width: 1920, height: 1080 } });
    const wall = await screen.newPage();
    const projector = new URL(room.link('projector'));
    projector.searchParams.set('view', 'projector');
    await wall.goto(projector.href);
    await expect(wall.locator('sr-projector')).toContainText(say['queue.title']!);
    await expectNoEnglish(wall, say);
    expect(await overflow(wall), 'projector').toBe(0);
    expect(await violations(wall), 'projector').toEqual([]);
    await Promise.all([context.close(), screen.close(), facilitator.leave()]);
  });
}

test('another language is chosen in the middle of a session: the connection stays, and the choice', async ({
  browser,
  server,
}) => {
  const room = await TestRoom.create(server, { title: 'Switching' });
  const facilitator = await HubPerson.connect(room, await room.enter('facilitator', 'Fay'));
  await facilitator.must({ type: 'session.start' });
  const german = translationOf('de');
  const arabic = translationOf('ar');
  let opened = 0;
  let closed = 0;
  const page = await room.openAsMember(browser, 'Ann', (before) => {
    before.on('websocket', (socket) => {
      opened++;
      socket.on('close', () => closed++);
    });
    return Promise.resolve();
  });
  await expect(page.locator('sr-board')).toContainText('To do');
  const html = page.locator('html');
  await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
  await expect(html).toHaveAttribute('lang', 'de');
  await page.getByRole('button', { name: german['hands.raise']!, exact: true }).first().click();
  await expect(page.locator('sr-hands')).toContainText('Du bist als Nächstes dran');
  await expect(page.locator('sr-board')).toContainText(german['column.todo']!);
  await expectNoEnglish(page, german);
  await facilitator.must({ type: 'floor.next' });
  await expect(page).toHaveTitle(`● ${german['room.you.floor']} · Switching`);

  await page.getByRole('combobox', { name: german['language.choose']! }).selectOption('ar');
  await expect(html).toHaveAttribute('dir', 'rtl');
  await expect(page.locator('sr-floor')).toContainText(arabic['floor.title']!);
  await expect(page).toHaveTitle(`● ${arabic['room.you.floor']} · Switching`);
  await expectNoEnglish(page, arabic);
  expect([opened, closed]).toEqual([1, 0]);

  await page.reload();
  await expect(page.locator('sr-floor')).toContainText(arabic['floor.title']!);
  await page.getByRole('combobox', { name: arabic['language.choose']! }).selectOption('en');
  await expect(html).toHaveAttribute('dir', 'ltr');
  // The browser's own English, with its way of writing dates.
  await expect(html).toHaveAttribute('lang', 'en-GB');
  await expect(page.locator('sr-floor')).toContainText('Speaking now');
  await page.context().close();
  await facilitator.leave();
});

test('what points on goes the other way in Arabic', async ({ browser, server }) => {
  const room = await TestRoom.create(server, { title: 'Arrows', agenda: [{ title: '1' }, { title: '2' }] });
  const turned = async (locale: string): Promise<string> => {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    const say = translationOf('ar');
    await page.goto(room.link('facilitator'));
    await page.getByLabel(locale === 'ar' ? say['join.name']! : 'Your name').fill('Fay');
    await page.getByRole('button', { name: locale === 'ar' ? say['join.enter']! : 'Join', exact: true }).click();
    const arrow = page
      .getByRole('button', { name: locale === 'ar' ? say['console.item.next']! : 'Next item' })
      .locator('svg');
    const scale = await arrow.evaluate((each) => getComputedStyle(each).scale);
    await context.close();
    return scale;
  };
  expect([await turned('ar'), await turned('en-GB')]).toEqual(['-1 1', 'none']);
});

test('a due date is the same day for everybody, and today is where one is', async ({ browser, server }) => {
  const room = await TestRoom.create(server, { title: 'Far apart' });
  const today = (timeZone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format();
  const open = (timezoneId: string, name: string) => openIn(browser, room, timezoneId, name);
  const [east, west] = [await open('Pacific/Kiritimati', 'Eta'), await open('Pacific/Pago_Pago', 'Wes')];
  await east.getByLabel('Add a card to To do').fill('Call');
  await east.keyboard.press('Enter');
  await east.locator('sr-card .face').click();
  // 25 hours lie between the two: it is never the same day in both.
  const day = today('Pacific/Kiritimati');
  await east.getByLabel('Due', { exact: true }).fill(day);
  await east.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(east.locator('sr-card')).toContainText('Due today');
  await expect(west.locator('sr-card')).toContainText(/Due (tomorrow|\w{3}\W)/);
  await west.locator('sr-card .face').click();
  await expect(west.getByLabel('Due', { exact: true })).toHaveValue(day);
  await west.getByLabel('Due', { exact: true }).fill(today('Pacific/Pago_Pago'));
  await west.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(west.locator('sr-card')).toContainText('Due today');
  await expect(east.locator('sr-card')).toContainText('Overdue since');
  await Promise.all([east, west].map((page) => page.context().close()));
});

async function openIn(browser: Browser, room: TestRoom, timezoneId: string, name: string): Promise<Page> {
  const page = await (await browser.newContext({ timezoneId })).newPage();
  await page.goto(room.link('member'));
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.getByLabel('Add a card to To do')).toBeVisible();
  return page;
}
