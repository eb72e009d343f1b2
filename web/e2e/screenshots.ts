import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { expect, HubPerson, test, TestRoom } from './fixtures.js';

const minute = 60_000;
/** The README's pictures; the others go beside the traces, to be looked at. */
const picture = fileURLToPath(new URL('../app/screenshots/room.png', import.meta.url));
const boardPicture = fileURLToPath(new URL('../app/screenshots/board.png', import.meta.url));
const aside = (name: string) => fileURLToPath(new URL(`../test-results/screenshots/${name}.png`, import.meta.url));

async function lively(server: Parameters<typeof TestRoom.create>[0]) {
  const room = await TestRoom.create(server, {
    title: 'Quarterly product review',
    purpose: 'Decide what we stop doing before the summer',
    agenda: [
      { title: 'Opening round', durationMs: 5 * minute },
      { title: 'What the numbers say', durationMs: 15 * minute },
      { title: 'Three things to stop', durationMs: 20 * minute },
      { title: 'Decisions and owners', durationMs: 10 * minute },
    ],
  });
  const names = ['Jonas Lindqvist', 'Mei Tanaka', 'Priya Raman', 'Luis Ferreira', 'Hannah Weiss'] as const;
  const people = new Map<string, HubPerson>();
  const facilitator = await HubPerson.connect(room, await room.enter('facilitator', 'Amara Okafor', 'inRoom'));
  for (const [i, name] of names.entries())
    people.set(name, await HubPerson.connect(room, await room.enter('member', name, i % 2 ? 'inRoom' : 'remote')));
  const who = (name: (typeof names)[number]) => people.get(name)!;
  await facilitator.must({ type: 'session.start' });
  for (const name of ['Hannah Weiss', 'Priya Raman', 'Jonas Lindqvist'] as const) {
    await who(name).must({ type: 'hand.raise' });
    const expected = (await room.state(facilitator.entry.token)).floor?.entryId;
    await facilitator.must({ type: 'floor.next', expect: expected });
  }
  const items = (await room.state(facilitator.entry.token)).agenda?.items ?? [];
  await facilitator.must({ type: 'agenda.go', itemId: items[1]!.id });
  await who('Priya Raman').must({ type: 'hand.raise', intent: 'topic' });
  await who('Luis Ferreira').must({ type: 'hand.raise', intent: 'topic' });
  await who('Hannah Weiss').must({ type: 'hand.raise', intent: 'reply' });
  await who('Mei Tanaka').must({ type: 'hand.raise', intent: 'question' });
  const leave = () => Promise.all([facilitator, ...people.values()].map((person) => person.leave()));
  return { room, facilitator, leave };
}

/** Puts something on the board, as somebody does who prepares a session. */
async function fillBoard(page: Page) {
  const add = async (column: string, ...titles: string[]) => {
    await page.getByLabel(`Add a card to ${column}`).click();
    for (const title of titles) await page.keyboard.type(`${title}\n`);
  };
  const open = (title: string) => page.locator('sr-card', { hasText: title }).click();
  const close = () => page.getByRole('button', { name: 'Close', exact: true }).click();
  const day = (inDays: number) => new Date(Date.now() + inDays * 86_400_000).toISOString().slice(0, 10);
  const assign = async (owner: string, inDays: number) => {
    await page.getByLabel('Owner').selectOption({ label: owner });
    await page.getByLabel('Due', { exact: true }).fill(day(inDays));
  };
  await add(
    'To do',
    'Tell the newsletter’s readers that it ends',
    'Move two customers off the old importer',
    'Ask finance what the fair cost',
  );
  await add('Doing', 'Draft the note about prices', 'Interview three people who left');
  await add('Done', 'Stop the weekly status report');
  await open('Tell the newsletter');
  await assign('Jonas Lindqvist', 5);
  await close();
  await open('Move two customers');
  await assign('Luis Ferreira', -4);
  await page.getByRole('checkbox', { name: /^Keep in this room/ }).check();
  await close();
  await open('Draft the note');
  await assign('Mei Tanaka', 1);
  await page.getByLabel('Notes', { exact: true }).first().fill('One page.\nWhat changes, for whom, from when.');
  await close();
  await open('Stop the weekly');
  await page.getByLabel('Outcome').fill('Stopped, see https://example.org/d/42');
  await close();
  await page.getByLabel('Notes', { exact: true }).last().fill('Three things to stop before the summer.');
  for (const decision of ['The newsletter ends with the June issue', 'No trade fair in autumn']) {
    await page.getByLabel('Add a decision').fill(decision);
    await page.keyboard.press('Enter');
  }
}

async function take(
  browser: Browser,
  options: BrowserContextOptions,
  path: string,
  steps: (page: Page) => Promise<void>,
) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  await steps(page);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path });
  await context.close();
}

test('pictures of every view', async ({ browser, server }) => {
  const { room, leave } = await lively(server);
  const enter = async (page: Page, role: 'facilitator' | 'member', name: string) => {
    await page.goto(room.link(role));
    await page.getByLabel('Your name').fill(name);
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await expect(page.locator('sr-queue ol li').first()).toBeVisible();
  };
  const preparing = await (await browser.newContext()).newPage();
  await enter(preparing, 'member', 'Ravi Menon');
  await fillBoard(preparing);
  // Somebody stays on a card, with the caret in its notes.
  await preparing.locator('sr-card', { hasText: 'Draft the note' }).click();
  await preparing.getByLabel('Notes', { exact: true }).first().click();
  const onBoard = (page: Page) => expect(page.locator('sr-board')).toContainText('Draft the note');
  const desktop = { viewport: { width: 1280, height: 860 } };
  const phone = { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true };
  await take(browser, desktop, picture, async (page) => {
    await enter(page, 'facilitator', 'Noor Haddad');
    await onBoard(page);
  });
  for (const colorScheme of ['light', 'dark'] as const) {
    await take(browser, { ...desktop, colorScheme }, aside(`facilitator-${colorScheme}`), async (page) => {
      await enter(page, 'facilitator', 'Noor Haddad');
      await page.getByRole('button', { name: 'More', exact: true }).click();
    });
    await take(browser, { ...desktop, colorScheme }, aside(`member-${colorScheme}`), async (page) => {
      await enter(page, 'member', 'Sam Okello');
      await page.getByRole('button', { name: 'Reply', exact: true }).click();
      await expect(page.locator('sr-hands')).toContainText('in the queue');
    });
    const board = colorScheme === 'light' ? boardPicture : aside('board-dark');
    await take(browser, { ...desktop, colorScheme }, board, async (page) => {
      await enter(page, 'member', 'Sam Okello');
      await page.locator('sr-card', { hasText: 'Draft the note' }).click();
      await expect(page.locator('sr-board-text.notes .flag')).toHaveText('Ravi Menon');
      await page.getByRole('heading', { name: 'Action board' }).evaluate((heading) => heading.scrollIntoView());
    });
    await take(browser, { ...phone, colorScheme }, aside(`phone-board-${colorScheme}`), async (page) => {
      await enter(page, 'member', 'Ida Berg');
      await onBoard(page);
      await page.getByRole('heading', { name: 'Action board' }).evaluate((heading) => heading.scrollIntoView());
    });
    await take(browser, { ...phone, colorScheme }, aside(`phone-${colorScheme}`), (page) =>
      enter(page, 'member', 'Ida Berg'),
    );
    await take(browser, { ...phone, colorScheme }, aside(`phone-facilitator-${colorScheme}`), (page) =>
      enter(page, 'facilitator', 'Noor Haddad'),
    );
    await take(
      browser,
      { viewport: { width: 1920, height: 1080 }, colorScheme },
      aside(`projector-${colorScheme}`),
      async (page) => {
        const invite = (role: 'member' | 'projector') =>
          new URLSearchParams(new URL(room.link(role)).hash.slice(1)).get('invite');
        await page.goto(
          `${server.address}/r/${room.created.id}?view=projector#invite=${invite('projector')}&join=${invite('member')}`,
        );
        await expect(page.locator('.qr path')).toBeVisible();
      },
    );
    await take(
      browser,
      { viewport: { width: 1920, height: 1080 }, colorScheme },
      aside(`projector-board-${colorScheme}`),
      async (page) => {
        const address = new URL(room.link('projector'));
        address.searchParams.set('view', 'projector');
        await page.goto(address.href);
        await expect(page.locator('sr-projector sr-queue')).toBeVisible();
        await page.keyboard.press('b');
        await onBoard(page);
      },
    );
    await take(browser, { ...desktop, colorScheme }, aside(`lobby-${colorScheme}`), async (page) => {
      await page.goto(server.address);
      await page.getByLabel('Title').fill('Weekly review');
      await page.getByRole('button', { name: 'Open the room' }).click();
      await expect(page.locator('.qr path')).toBeVisible();
      await page.evaluate(() => scrollTo(0, 0));
    });
  }
  await Promise.all([leave(), preparing.context().close()]);
});
