import { expect, HubPerson, test, TestRoom } from './fixtures.js';

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
