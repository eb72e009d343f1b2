import type { RoomPlan } from '@session-room/client';
import type { Page } from '@playwright/test';
import { expect, HubPerson, test, TestRoom } from './fixtures.js';

const markup = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
const names = [
  '<img src=x onerror=window.hacked=1>',
  '${7*7} {{7*7}} &lt;b&gt;',
  '\u202Eesrever\u202C',
  'W'.repeat(80),
  '👩‍👩‍👧‍👦'.repeat(6),
  '__proto__',
];

test('hostile names and titles are shown as text, run nothing and break no layout', async ({ browser, server }) => {
  const room = await TestRoom.create(server, {
    title: markup,
    purpose: markup,
    agenda: [{ title: markup, durationMs: 60_000 }],
  });
  const people = await Promise.all(
    names.map(async (name) => HubPerson.connect(room, await room.enter('member', name))),
  );
  await Promise.all(people.map((person) => person.must({ type: 'hand.raise' })));
  const page = await room.openAsMember(browser, 'Onlooker');
  const projector = await room.openProjector(browser);
  for (const each of [page, projector]) {
    await expect(each.getByRole('heading', { level: 1 })).toHaveText(markup);
    await expect(each.locator('sr-agenda .title')).toHaveText(markup);
    expect(await each.evaluate(() => 'hacked' in window)).toBe(false);
    const { width } = each.viewportSize() ?? { width: 0 };
    expect(await each.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  const shown = await page.locator('sr-people .name').allTextContents();
  for (const name of names) expect(shown).toContain(name);
  // Each name is isolated: a right-to-left override in one cannot turn around what stands beside it.
  expect(
    await page.locator('sr-people .name').evaluateAll((all) => all.every(({ tagName }) => tagName === 'BDI')),
  ).toBe(true);
  await Promise.all([...people.map((person) => person.leave()), page.context().close(), projector.context().close()]);
});

test('hostile cards are shown as text, and what is no card breaks nothing', async ({ browser, server }) => {
  const room = await TestRoom.create(server, { title: 'Hostile' });
  const [writer, onlooker] = [await room.openAsMember(browser, 'Eve'), await room.openAsMember(browser, 'Onlooker')];
  const line = writer.getByLabel('Add a card to To do');
  for (const title of [markup, ...names]) {
    await line.fill(title);
    await line.press('Enter');
  }
  await writer.locator('sr-card').first().click();
  await writer.getByLabel('Notes', { exact: true }).first().fill('W'.repeat(10_000));
  await writer.getByLabel('Outcome').fill(`javascript:alert(1) https://x.test/"onmouseover="hacked=1 ${markup}`);
  await writer.locator('sr-board').evaluate((board) => {
    const { doc } = (board as unknown as { source: { doc: { getMap(name: string): Map<string, unknown> } } }).source;
    for (const value of [7, 'text', null, ['list'], { title: 'no map' }])
      doc.getMap('actions').set(String(value), value);
    doc.getMap('odd').set('x', 1);
  });
  const projector = await room.openProjector(browser);
  await projector.keyboard.press('b');
  for (const page of [onlooker, projector]) {
    await expect(page.locator('sr-card .name')).toHaveText([markup, ...names]);
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    const { width } = page.viewportSize() ?? { width: 0 };
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await expect(onlooker.locator('sr-card a')).toHaveAttribute('href', 'https://x.test/');
  await onlooker.locator('sr-card').first().click();
  await expect(onlooker.getByLabel('Notes', { exact: true }).first()).toHaveValue('W'.repeat(10_000));
  expect(await onlooker.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
  await Promise.all([writer, onlooker, projector].map((page) => page.context().close()));
});

/** Half a sentence turned around, never turned back, and an embedding, an isolate and marks that pile up. */
const turning = 'abc \u202Edef \u2066ghi \u2067jkl \u202Bmno';
const stacked = `Z${'\u0351\u0323\u0334'.repeat(25)}algo`;
const invisible = '\u200B\u200D\u2060\uFEFF';
const endless = 'W'.repeat(10_000);

test('what turns around, piles up or cannot be seen harms nothing beside it, in any view, at 360 px', async ({
  browser,
  server,
}) => {
  const limits = (plan: RoomPlan) => fetch(`${server.address}/api/rooms`, json(plan));
  const json = (body: unknown) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  // What is too long is refused, in words, and by the limit's name.
  for (const plan of [{ title: endless }, { title: 'A', agenda: [{ title: endless }] }]) {
    const answer = await limits(plan);
    expect(answer.status).toBe(413);
    expect(answer.headers.get('content-type')).toContain('problem+json');
  }
  const room = await TestRoom.create(server, {
    title: turning,
    purpose: stacked,
    agenda: [
      { title: turning, durationMs: 60_000 },
      { title: stacked, durationMs: 60_000 },
    ],
  });
  const invite = new URLSearchParams(new URL(room.link('member')).hash.slice(1)).get('invite');
  const refused = await fetch(
    `${server.address}/api/rooms/${room.created.id}/join`,
    json({ invite, name: endless, place: 'remote' }),
  );
  expect(refused.status).toBe(413);
  const people = [];
  for (const name of [turning, stacked, `${invisible}x`])
    people.push(await HubPerson.connect(room, await room.enter('member', name)));
  for (const person of people) await person.must({ type: 'hand.raise' });
  const facilitator = await HubPerson.connect(room, await room.enter('facilitator', 'Fay'));
  await facilitator.must({ type: 'floor.next' });

  const small = { viewport: { width: 360, height: 740 } };
  const console = await (await browser.newContext(small)).newPage();
  await console.goto(room.link('facilitator'));
  await console.getByLabel('Your name').fill('Noor');
  await console.getByRole('button', { name: 'Join', exact: true }).click();
  await console.getByRole('button', { name: 'More', exact: true }).click();
  const line = console.getByLabel('Add a card to To do');
  for (const title of [turning, stacked, 'W'.repeat(500), 'plain']) {
    await line.fill(title);
    await line.press('Enter');
  }
  await console.getByLabel('Notes', { exact: true }).last().fill(`${turning}\n${endless}`);
  const wall = await room.openProjector(browser);
  const compact = await (await browser.newContext(small)).newPage();
  const settings = new URLSearchParams({ invite: invite!, view: 'compact', name: 'Olga', place: 'remote' });
  await compact.goto(`${server.address}/embed/${room.created.id}#${settings}`);
  const views = [
    { page: console, within: 'sr-console' },
    { page: wall, within: 'sr-projector' },
    { page: compact, within: 'sr-compact' },
  ];
  for (const { page, within } of views) {
    await expect(page.locator(within)).toBeVisible();
    await expect(page.locator('sr-floor .name bdi')).toHaveText(turning);
    await expect(page.locator('sr-queue .name').first()).toHaveText(stacked);
    expect(await overflow(page), within).toBe(0);
    expect(await astray(page), within).toEqual([]);
  }
  await expect(console.locator('sr-card .name')).toHaveText([turning, stacked, /^W{100,}…$/, 'plain']);
  await wall.keyboard.press('b');
  await expect(wall.locator('sr-card .name').first()).toHaveText(turning);
  expect(await overflow(wall)).toBe(0);
  await Promise.all([
    ...[...people, facilitator].map((person) => person.leave()),
    ...views.map(({ page }) => page.context().close()),
  ]);
});

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Hostile words that stand in a line with others and are not isolated from them: what follows would be turned around. */
function astray(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const visit = (root: Node): void => {
      for (const node of root.childNodes) {
        if (node instanceof Text && /[\u202A-\u202E\u2066-\u2069]/.test(node.data)) {
          const { display, unicodeBidi } = getComputedStyle(node.parentElement ?? document.body);
          const alone = display !== 'inline' && node.parentElement!.childNodes.length === 1;
          if (!alone && !/isolate|plaintext/.test(unicodeBidi)) found.push(node.parentElement!.outerHTML);
        }
        if (node instanceof Element && node.shadowRoot) visit(node.shadowRoot);
        if (!['STYLE', 'SCRIPT', 'OPTION', 'TITLE'].includes(node.nodeName)) visit(node);
      }
    };
    visit(document.body);
    return found;
  });
}

test('a link that is not an invitation is refused in words', async ({ page, server }) => {
  const room = await TestRoom.create(server, { title: 'Locked' });
  await page.goto(`${server.address}/r/${room.created.id}#invite=guessed`);
  await page.getByLabel('Your name').fill('Eve');
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.getByRole('alert')).toHaveText('This link is no longer valid. Ask for a new one.');
  await page.goto(`${server.address}/r/nowhere`);
  await expect(page.getByRole('heading', { name: 'A link is needed' })).toBeVisible();
});
