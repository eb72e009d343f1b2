import type { Page } from '@playwright/test';
import { expect, HubPerson, test, TestRoom } from './fixtures.js';
import { TestServer } from './server.js';

const minute = 60_000;

const queue = (page: Page) => page.locator('sr-queue ol .name');
const speaker = (page: Page) => page.locator('sr-floor .name bdi');
const currentItem = (page: Page) => page.locator('sr-agenda li[aria-current] .title');
const face = (page: Page) => page.locator('sr-timer .face');

/** What a page shows of the room, apart from what moves by itself. */
async function shown(page: Page) {
  return {
    queue: await queue(page).allTextContents(),
    speaker: await speaker(page).allTextContents(),
    item: await currentItem(page).allTextContents(),
  };
}

test('two browsers and the official client hold a session, the server is killed, and everybody is back without a click', async ({
  browser,
}) => {
  const server = await TestServer.start();
  const room = await TestRoom.create(server, {
    title: 'Weekly review',
    agenda: [
      { title: 'Opening round', durationMs: 5 * minute },
      { title: 'The numbers', durationMs: 10 * minute },
    ],
    settings: { queuePolicy: 'fifo' },
  });
  const facilitator = await HubPerson.connect(room, await room.enter('facilitator', 'Fay Facilitator'));
  const second = await HubPerson.connect(room, await room.enter('member', 'Noel Node'));
  const member = await room.openAsMember(browser, 'Mei Member');
  const projector = await room.openProjector(browser);
  try {
    await facilitator.must({ type: 'session.start' });
    await expect(currentItem(member)).toHaveText('Opening round');

    // Hands and queue: a question overtakes a point that was raised before it.
    await member.getByRole('button', { name: 'Raise hand' }).click();
    await expect(queue(projector)).toHaveText(['Mei Member']);
    await second.must({ type: 'hand.raise', intent: 'question' });
    await expect(queue(projector)).toHaveText(['Noel Node', 'Mei Member']);
    await expect(member.locator('sr-hands')).toContainText('You are second in the queue');

    // Floor, with what was seen: pressing "next" twice for the same speaker advances once.
    await facilitator.must({ type: 'floor.next' });
    await expect(speaker(projector)).toHaveText('Noel Node');
    expect(await facilitator.do({ type: 'floor.next' })).toMatchObject({ ok: false, error: { code: 'stale' } });
    await expect(queue(member)).toHaveText(['Mei Member']);

    // Agenda and timer.
    const items = (await room.state(facilitator.entry.token)).agenda?.items ?? [];
    await facilitator.must({ type: 'agenda.go', itemId: items[1]?.id ?? '' });
    await expect(currentItem(projector)).toHaveText('The numbers');
    await facilitator.must({ type: 'timer.start', durationMs: 7 * minute });
    await expect(face(member)).toHaveText(/^(7:00|6:5\d)$/);
    await expect(face(projector)).toHaveText(/^(7:00|6:5\d)$/);

    const before = { member: await shown(member), projector: await shown(projector) };
    const stateBefore = await room.state(facilitator.entry.token);
    expect(before.member).toEqual({ queue: ['Mei Member'], speaker: ['Noel Node'], item: ['The numbers'] });

    await server.kill();
    await expect(member.getByText('Reconnecting…')).toBeVisible();
    // What is asked for meanwhile waits, and says so; nothing that was shown goes away.
    await member.getByRole('button', { name: 'Lower hand' }).click();
    await expect(member.getByText('1 action waiting to be sent: lower hand')).toBeVisible();
    expect(await shown(member)).toEqual(before.member);

    // The screen on the wall says how old it is, and dims.
    await expect(projector.getByText(/No connection: as of \d+ secs? ago/)).toBeVisible({ timeout: 30_000 });
    expect(await shown(projector)).toEqual(before.projector);

    await server.run();
    await expect(projector.locator('.age')).toHaveText('Live');
    await expect(member.getByText('Connected')).toBeVisible();
    await expect.poll(() => facilitator.connected && second.connected).toBe(true);

    // The one thing that was asked for meanwhile happened, once; everything else is as it was.
    await expect(queue(projector)).toHaveText([]);
    await expect(queue(member)).toHaveText([]);
    expect(await shown(projector)).toEqual({ ...before.projector, queue: [] });
    const everybodyIsHere = async () =>
      Object.values((await room.state(facilitator.entry.token)).people).every(({ online }) => online);
    await expect.poll(everybodyIsHere).toBe(true);
    const stateAfter = await room.state(facilitator.entry.token);
    const memberId =
      Object.keys(stateBefore.people).find((pid) => stateBefore.people[pid]?.name === 'Mei Member') ?? '';
    delete stateBefore.people[memberId]?.hand;
    expect(stateAfter).toEqual({ ...stateBefore, queue: { open: true, entries: [] } });
    expect(stateAfter.timer?.endsAt).toBe(stateBefore.timer?.endsAt);
    await expect(face(projector)).toHaveText(/^6:\d\d$/);

    // And the room goes on.
    await facilitator.must({ type: 'floor.give', pid: memberId });
    await expect(speaker(projector)).toHaveText('Mei Member');
    await expect(member.getByText('You have the floor')).toBeVisible();
    await member.getByRole('button', { name: 'I have finished' }).click();
    await expect(projector.getByText('The floor is free')).toBeVisible();
  } finally {
    await Promise.all([facilitator.leave(), second.leave(), member.context().close(), projector.context().close()]);
    await server.stop();
  }
});

test('a reload needs no click either, and the invite is not left in the address', async ({ browser, server }) => {
  const room = await TestRoom.create(server, { title: 'Reload' });
  const page = await room.openAsMember(browser, 'Rea Loader');
  await page.getByRole('button', { name: 'Question' }).click();
  await expect(queue(page)).toHaveText(['Rea Loader']);
  expect(new URL(page.url()).hash).toBe('');
  await page.reload();
  await expect(queue(page)).toHaveText(['Rea Loader']);
  await expect(page.locator('sr-people .name')).toHaveText(['Rea Loader']);
  await page.context().close();
});

test('a facilitator runs a session from the console', async ({ browser, server }) => {
  const room = await TestRoom.create(server, {
    title: 'Console',
    agenda: [
      { title: 'First', durationMs: minute },
      { title: 'Second', durationMs: minute },
    ],
    settings: { queuePolicy: 'fifo', queueMode: 'moderated' },
  });
  const member = await HubPerson.connect(room, await room.enter('member', 'Mo'));
  const page = await (await browser.newContext()).newPage();
  await page.goto(room.link('facilitator'));
  await page.getByLabel('Your name').fill('Fay');
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

  await press('Start session');
  await expect(page.getByRole('banner').getByText('Live')).toBeVisible();
  await expect(face(page)).toHaveText(/^(1:00|0:5\d)$/);
  await press('+1 min');
  await expect(face(page)).toHaveText(/^(2:00|1:5\d)$/);
  await press('Pause');
  await expect(page.locator('sr-timer .caption')).toHaveText(/Paused/);
  await press('Resume');
  await press('Next item');
  await expect(currentItem(page)).toHaveText('Second');

  await member.must({ type: 'hand.raise' });
  await page.getByRole('button', { name: 'Admit Mo to the queue' }).click();
  await press('Next: Mo');
  await expect(speaker(page)).toHaveText('Mo');
  await press('End turn');
  await expect(page.getByText('The floor is free')).toBeVisible();

  await press('More');
  await page.getByLabel('Name', { exact: true }).fill('Chair Three');
  await press('Add seat');
  await page.getByRole('button', { name: 'Chair Three', exact: true }).click();
  await expect(page.locator('sr-seats [aria-pressed=true]')).toHaveText(/Chair Three/);
  await press('Go off the record');
  await expect(page.getByText('Off the record: nothing written now is kept.')).toBeVisible();
  await press('Close queue');
  await expect(page.locator('sr-queue').getByText('Closed: points of order only')).toBeVisible();
  await page.getByLabel('Speaking order').selectOption('round');
  await expect.poll(async () => (await room.state(member.entry.token)).room.settings?.queuePolicy).toBe('round');
  await press('End session');
  await page.getByRole('alert').getByRole('button', { name: 'End session' }).click();
  await expect(page.getByText(/This session ended at/)).toBeVisible();
  await member.leave();
  await page.context().close();
});

test('who is removed is told so, and stays out without trying again', async ({ browser, server }) => {
  const room = await TestRoom.create(server, { title: 'Removal' });
  const facilitator = await HubPerson.connect(room, await room.enter('facilitator', 'Fay'));
  const page = await room.openAsMember(browser, 'Rem Oved');
  const people = (await room.state(facilitator.entry.token)).people;
  const pid = Object.keys(people).find((each) => people[each]?.name === 'Rem Oved') ?? '';
  await facilitator.must({ type: 'people.remove', pid });
  await expect(page.getByRole('heading', { name: 'You were removed' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'You were removed' })).toBeVisible();
  await facilitator.leave();
  await page.context().close();
});

test('nothing of the room reaches a device before its person has agreed', async ({ browser, server }) => {
  const room = await TestRoom.create(server, { title: 'Confidential', agreement: 'What is said here stays here.' });
  const facilitator = await HubPerson.connect(room, await room.enter('facilitator', 'Secret Sam'));
  const page = await (await browser.newContext()).newPage();
  const frames: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(payload.toString())));
  await page.goto(room.link('member'));
  await page.getByLabel('Your name').fill('Ann');
  await expect(page.getByText('What is said here stays here.')).toBeVisible();
  // Not agreed, the form does not go.
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.getByLabel('I agree')).toBeFocused();
  expect(frames).toEqual([]);
  await page.getByLabel('I agree').check();
  await page.getByText('In the room').click();
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.locator('sr-people')).toContainText('Secret Sam');
  // Who comes back is not asked; in another room the place is chosen already.
  await page.reload();
  await expect(page.locator('sr-people')).toContainText('Secret Sam');
  await page.goto((await TestRoom.create(server, { title: 'Another' })).link('member'));
  await expect(page.getByRole('radio', { name: 'In the room' })).toBeChecked();
  await facilitator.leave();
  await page.context().close();
});
