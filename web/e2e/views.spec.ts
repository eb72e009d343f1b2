import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import type { RoomPlan } from '@session-room/client';
import { expect, HubPerson, test, TestRoom } from './fixtures.js';

const minute = 60_000;
type Server = Parameters<typeof TestRoom.create>[0];

async function openAs(browser: Browser, address: string, name: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(address);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  return page;
}

async function consoleOf(browser: Browser, server: Server, plan: Partial<RoomPlan> = {}) {
  const room = await TestRoom.create(server, {
    title: 'With one hand',
    agenda: [
      { title: 'First', durationMs: 5 * minute },
      { title: 'Second', durationMs: 5 * minute },
    ],
    settings: { queuePolicy: 'fifo' },
    ...plan,
  });
  const member = await HubPerson.connect(room, await room.enter('member', 'Mo'));
  const page = await openAs(browser, room.link('facilitator'), 'Fay');
  await expect(page.getByRole('button', { name: 'Start session' })).toBeVisible();
  const leave = () => Promise.all([member.leave(), page.context().close()]);
  return { room, member, page, leave };
}

test('a session is run with single keys, which mean nothing while somebody writes', async ({ browser, server }) => {
  const { room, member, page, leave } = await consoleOf(browser, server);
  const state = () => room.state(member.entry.token);
  const { keyboard } = page;
  await keyboard.press('s');
  await expect(page.getByRole('banner').getByText('Live')).toBeVisible();
  await keyboard.press('m');
  await expect(page.locator('sr-timer .face')).toHaveText(/^(6:00|5:5\d)$/);
  await keyboard.press('p');
  await expect(page.locator('sr-timer .caption')).toHaveText(/Paused/);
  await keyboard.press('i');
  await expect(page.locator('sr-agenda [aria-current] .title')).toHaveText('Second');
  await member.must({ type: 'hand.raise' });
  await expect(page.getByRole('button', { name: 'Next: Mo' })).toBeEnabled();
  await keyboard.press('n');
  await expect(page.locator('sr-floor .name')).toHaveText('Mo');
  await expect(page.locator('sr-console [role=status]')).toHaveText('Next speaker');
  await keyboard.press('e');
  await expect(page.locator('sr-floor .name')).toHaveText('The floor is free');
  await keyboard.press('q');
  await expect(page.getByRole('button', { name: 'Reopen queue' })).toBeVisible();
  await keyboard.press('o');
  await expect(page.getByText('Off the record: nothing written now is kept.').first()).toBeVisible();

  const line = page.getByLabel('Add a card to Doing');
  await line.click();
  await keyboard.type('queue open\n');
  await expect(page.locator('sr-card')).toContainText('queue open');
  expect((await state()).queue?.open).toBe(false);
  await leave();
});

test('the map of keys is a dialog without violations; switched off there, the keys stay off', async ({
  browser,
  server,
}) => {
  const { room, member, page, leave } = await consoleOf(browser, server);
  await page.keyboard.press('?');
  const map = page.getByRole('dialog', { name: 'Keys of the facilitation' });
  await expect(map).toBeVisible();
  await expect(map).toContainText('Close or reopen the queue');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
  // In the dialog a letter is the dialog's.
  await page.keyboard.press('q');
  await map.getByRole('checkbox', { name: 'These keys work while I am not writing' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(map).toBeHidden();
  await page.keyboard.press('q');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Start session' })).toBeVisible();
  await page.keyboard.press('s');
  await page.getByRole('button', { name: 'Start session' }).click();
  await expect(page.getByRole('banner').getByText('Live')).toBeVisible();
  expect((await room.state(member.entry.token)).queue?.open).not.toBe(false);

  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('button', { name: 'Keyboard' }).click();
  await expect(map).toBeVisible();
  await leave();
});

test('who was not heard is asked with one press, and the minutes that an item borrows are in the ledger', async ({
  browser,
  server,
}) => {
  const { member, page, leave } = await consoleOf(browser, server);
  await page.getByRole('button', { name: 'Start session' }).click();
  for (let i = 0; i < 2; i++) await page.getByRole('button', { name: '+1 min', exact: true }).click();
  await page.keyboard.press('u');
  await expect(page.getByRole('button', { name: 'Ask to speak: Mo' })).toBeFocused();
  const row = page.getByRole('row', { name: /^First/ });
  await expect(row).toContainText('2 mins from the end of the session');
  await expect(row.getByRole('cell').last()).toHaveText('+2 mins');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.locator('sr-quiet')).toContainText('asked');
  await expect.poll(() => member.events).toContain('queue.invited');
  await leave();
});

test('who is next sees it, reads it in the name of the tab, and hears it once the sound is switched on', async ({
  browser,
  server,
}) => {
  const room = await TestRoom.create(server, { title: 'Listening', settings: { queuePolicy: 'fifo' } });
  const facilitator = await HubPerson.connect(room, await room.enter('facilitator', 'Fay'));
  const first = await HubPerson.connect(room, await room.enter('member', 'First'));
  const page = await room.openAsMember(browser, 'Mel');
  const sound = page.getByRole('checkbox', { name: 'Sound when I am next' });
  await expect(sound).not.toBeChecked();
  await sound.check();
  const rung = await page.locator('sr-signals').evaluateHandle((signals) => {
    const heard: string[] = [];
    signals.addEventListener('sr-chime', (event) => heard.push((event as CustomEvent<string>).detail));
    return heard;
  });
  await first.must({ type: 'hand.raise' });
  await page.getByRole('button', { name: 'Raise hand' }).click();
  await expect(page.locator('sr-hands')).toContainText('You are second in the queue');
  await expect(page).toHaveTitle('Listening');
  await facilitator.must({ type: 'floor.next' });
  await expect(page.locator('sr-hands [data-next]')).toContainText('You are next in the queue');
  await expect(page).toHaveTitle('○ You are next · Listening');
  await expect.poll(() => rung.jsonValue()).toEqual(['next']);
  const expected = (await room.state(facilitator.entry.token)).floor?.entryId;
  await facilitator.must({ type: 'floor.next', expect: expected });
  await expect(page).toHaveTitle('● You have the floor · Listening');
  await expect.poll(() => rung.jsonValue()).toEqual(['next', 'floor']);
  await page.reload();
  await expect(sound).toBeChecked();
  await Promise.all([facilitator.leave(), first.leave(), page.context().close()]);
});

test('the projector fills the screen, keeps it awake, and raises the hands of ten seats', async ({
  browser,
  server,
}) => {
  const room = await TestRoom.create(server, { title: 'On the wall' });
  const facilitator = await HubPerson.connect(room, await room.enter('facilitator', 'Fay'));
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const page = await context.newPage();
  // Every lock that the browser grants is noted, and given on as it is.
  await page.addInitScript(() => {
    const request = WakeLock.prototype.request;
    WakeLock.prototype.request = async function (...how) {
      const lock = await request.apply(this, how);
      document.documentElement.dataset['locks'] = String(Number(document.documentElement.dataset['locks'] ?? 0) + 1);
      return lock;
    };
  });
  const address = new URL(room.link('projector'));
  address.searchParams.set('view', 'projector');
  await page.goto(address.href);
  await expect(page.locator('sr-projector')).toContainText('On the wall');
  await expect(page.locator('html')).toHaveAttribute('data-locks', '1');

  const people = (await room.state(facilitator.entry.token)).people;
  const wall = Object.keys(people).find((pid) => people[pid]?.role === 'projector')!;
  for (let i = 1; i <= 10; i++) await facilitator.must({ type: 'people.seat', name: `Seat ${i}`, device: wall });
  const legend = page.locator('sr-projector .legend');
  await expect(legend).toContainText('0 Seat 10');
  await page.keyboard.press('0');
  await expect(legend.locator('[data-up]')).toHaveText(/^0\s+Seat 10$/);
  await page.keyboard.press('0');
  await expect(legend.locator('[data-up]')).toHaveCount(0);

  await page.keyboard.press('f');
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
  await page.keyboard.press('f');
  await expect.poll(() => page.evaluate(() => document.fullscreenElement === null)).toBe(true);

  await page.mouse.move(500, 500);
  await expect(page.getByText('F full screen')).toBeVisible();
  await expect(page.getByText('F full screen')).toBeHidden();
  await expect(page.locator('sr-projector')).toHaveCSS('cursor', 'none');
  await facilitator.leave();
  await context.close();
});
