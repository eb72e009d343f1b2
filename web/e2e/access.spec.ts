import { expect, HubPerson, test, TestRoom } from './fixtures.js';
import { violations } from './violations.js';

const minute = 60_000;

async function livelyRoom(server: Parameters<typeof TestRoom.create>[0]) {
  const room = await TestRoom.create(server, {
    title: 'Accessible review',
    purpose: 'Everyone can take part',
    agenda: [
      { title: 'Opening', durationMs: 5 * minute },
      { title: 'Numbers', durationMs: 10 * minute },
    ],
  });
  const facilitator = await HubPerson.connect(room, await room.enter('facilitator', 'Fay', 'inRoom'));
  const others = await Promise.all(
    ['Ann', 'Bob', 'Cleo', 'Dan'].map(async (name) => HubPerson.connect(room, await room.enter('member', name))),
  );
  await facilitator.must({ type: 'session.start' });
  await others[0]?.must({ type: 'hand.raise' });
  await facilitator.must({ type: 'floor.next' });
  await others[1]?.must({ type: 'hand.raise', intent: 'question' });
  await others[2]?.must({ type: 'hand.raise', intent: 'reply' });
  await others[3]?.must({ type: 'hand.raise', intent: 'topic' });
  const leave = () => Promise.all([facilitator, ...others].map((person) => person.leave()));
  return { room, leave };
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no page has accessibility violations in the ${colorScheme} theme`, async ({ browser, server }) => {
    const { room, leave } = await livelyRoom(server);
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();

    await page.goto(server.address);
    await page.getByText('Agreement and speaking order').click();
    expect(await violations(page), 'lobby').toEqual([]);
    await page.getByLabel('Title').fill('Made by hand');
    await page.getByRole('button', { name: 'Open the room' }).click();
    await expect(page.getByRole('heading', { name: 'Your room is open' })).toBeVisible();
    expect(await violations(page), 'links').toEqual([]);

    await page.goto(room.link('member'));
    await expect(page.getByLabel('Your name')).toBeVisible();
    expect(await violations(page), 'door').toEqual([]);
    await page.getByLabel('Your name').fill('Mei');
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByRole('button', { name: 'Point of order' }).click();
    await expect(page.locator('sr-hands')).toContainText('You are next');
    expect(await violations(page), 'member').toEqual([]);

    await page.goto(room.link('facilitator'));
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('button', { name: 'Actions for Bob' }).click();
    await expect(page.getByRole('button', { name: 'Give the floor' })).toBeVisible();
    expect(await violations(page), 'facilitator').toEqual([]);

    const projector = new URL(room.link('projector'));
    projector.searchParams.set('view', 'projector');
    await page.goto(projector.href);
    await expect(page.locator('sr-projector')).toContainText('Accessible review');
    expect(await violations(page), 'projector').toEqual([]);

    const gated = await TestRoom.create(server, { title: 'Gated', agreement: 'Be kind.' });
    await page.goto(gated.link('member'));
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await expect(page.getByRole('button', { name: 'I agree' })).toBeVisible();
    expect(await violations(page), 'gate').toEqual([]);
    await leave();
    await context.close();
  });
}

test('the keyboard alone is enough to join, raise a hand, change it and lower it', async ({ browser, server }) => {
  const room = await TestRoom.create(server, { title: 'Keys' });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(room.link('member'));
  await expect(page.getByLabel('Your name')).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.type('Kay Board');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Keys' })).toBeVisible();
  const entries = page.locator('sr-queue ol li');
  await expect(page.locator('sr-people').getByText('In the room')).toBeAttached();

  await page.keyboard.press('Space');
  await expect(entries).toContainText(['New point']);
  await page.keyboard.press('Space');
  await expect(entries).toHaveCount(0);

  const question = page.getByRole('button', { name: 'Question' });
  for (let i = 0; i < 12 && !(await question.evaluate((button) => button.matches(':focus'))); i++)
    await page.keyboard.press('Tab');
  await expect(question).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(entries).toContainText(['Question']);
  await context.close();
});

test('no width from a small phone to a desktop, and no zoom up to 200 %, scrolls sideways', async ({
  browser,
  server,
}) => {
  const { room, leave } = await livelyRoom(server);
  const page = await room.openAsMember(browser, 'Wilhelmina Worthington-Featherstonehaugh');
  for (const width of [320, 360, 640, 800, 1024, 1280]) {
    await page.setViewportSize({ width, height: 780 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `at ${width} px`).toBeLessThanOrEqual(
      width,
    );
  }
  await leave();
  await page.context().close();
});

test('the clock is announced at thresholds and silent in between', async ({ browser, server }) => {
  const room = await TestRoom.create(server, { title: 'Announced' });
  const facilitator = await HubPerson.connect(room, await room.enter('facilitator', 'Fay'));
  const page = await room.openAsMember(browser, 'Lis Tener');
  const said = page.locator('sr-timer [role=status]');
  await facilitator.must({ type: 'timer.start', durationMs: minute + 3000 });
  await expect(page.locator('sr-timer .face')).toHaveText(/^1:0\d$/);
  await expect(said).toHaveText('');
  await expect(said).toHaveText('One minute left');
  await facilitator.must({ type: 'timer.extend', byMs: 2000 - minute });
  await expect(said).toHaveText('Time is up');
  await facilitator.leave();
  await page.context().close();
});
