import { existsSync } from 'node:fs';
import { expect, HubPerson, test, TestRoom } from './fixtures.js';
import { Fleet } from './fleet.js';
import { BoardPage } from './harness/board-pages.js';

test.skip(
  !existsSync('/usr/bin/redis-server') && process.env['CI'] !== 'true',
  'redis-server is not installed, and CI must have it',
);

test('people on two nodes: either node is killed, and everybody keeps their place without a click', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const fleet = await Fleet.start(2);
  const room = await TestRoom.create(fleet, { title: 'Two nodes', settings: { queuePolicy: 'fifo' } });
  const facilitator = await HubPerson.connect(room, await room.enter('facilitator', 'Fay Facilitator'));
  const [mei, noa] = [await room.openAsMember(browser, 'Mei Member'), await room.openAsMember(browser, 'Noa Member')];
  const projector = await room.openProjector(browser);
  await facilitator.must({ type: 'session.start' });
  await facilitator.must({ type: 'timer.start', durationMs: 600_000 });
  await mei.getByRole('button', { name: 'Raise hand' }).click();
  const queue = projector.locator('sr-queue ol .name');
  await expect(queue).toHaveText(['Mei Member']);
  await noa.getByRole('button', { name: 'Raise hand' }).click();
  await expect(queue).toHaveText(['Mei Member', 'Noa Member']);
  for (const node of fleet.nodes) {
    await node.kill();
    await node.run();
    await expect.poll(() => facilitator.connected).toBe(true);
  }
  for (const page of [mei, noa, projector]) {
    await expect(page.locator('sr-queue ol .name')).toHaveText(['Mei Member', 'Noa Member']);
    await expect(page.locator('sr-timer .face')).toHaveText(/^9:\d\d$/);
  }
  await facilitator.must({ type: 'floor.next' });
  for (const page of [mei, noa, projector]) await expect(page.locator('sr-floor .name bdi')).toHaveText('Mei Member');
  const { people } = await room.state(facilitator.entry.token);
  expect(Object.values(people).map(({ online }) => online)).toEqual(Object.values(people).map(() => true));
  await Promise.all([mei, noa, projector].map((page) => page.context().close()));
  await facilitator.leave();
  await fleet.stop();
});

test('three pages on two nodes write on one board while Redis is killed and later loses everything: nothing is missing', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const fleet = await Fleet.start(2);
  const room = await TestRoom.create(fleet, { title: 'Redis goes' });
  const names = ['a', 'b', 'c'];
  const pages = await Promise.all(names.map((name) => BoardPage.open(browser, room, name)));
  await Promise.all(pages.map((page) => page.settled()));
  const writing = Promise.all(pages.map((page, i) => page.scribble(names[i]!, 300)));
  const grows = async () => {
    const before = (await pages[0]!.content()).length;
    await expect.poll(async () => (await pages[0]!.content()).length).toBeGreaterThan(before);
  };
  await grows();
  await fleet.redis.kill();
  await fleet.redis.run();
  await grows();
  await fleet.redis.flush();
  await writing;
  await Promise.all(pages.map((page) => page.settled()));
  const content = await pages[0]!.content();
  for (const page of pages) await expect.poll(() => page.content(), { timeout: 20_000 }).toBe(content);
  const [, notes] = JSON.parse(content) as [unknown, string];
  const marks = names.flatMap((name) => Array.from({ length: 300 }, (_, i) => `<${name}${i}>`));
  expect(marks.filter((mark) => notes.split(mark).length !== 2)).toEqual([]);
  // A page that held nothing of it reads the same.
  const late = await BoardPage.open(browser, room, 'd');
  await late.settled();
  expect(await late.content()).toBe(content);
  await Promise.all([...pages, late].map((page) => page.close()));
  await fleet.stop();
});
