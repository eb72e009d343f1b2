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

test('a link that is not an invitation is refused in words', async ({ page, server }) => {
  const room = await TestRoom.create(server, { title: 'Locked' });
  await page.goto(`${server.address}/r/${room.created.id}#invite=guessed`);
  await page.getByLabel('Your name').fill('Eve');
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.getByRole('alert')).toHaveText('This link is no longer valid. Ask for a new one.');
  await page.goto(`${server.address}/r/nowhere`);
  await expect(page.getByRole('heading', { name: 'A link is needed' })).toBeVisible();
});
