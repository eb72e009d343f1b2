import { gzipSync } from 'node:zlib';
import { expect, test, TestRoom } from './fixtures.js';

test('a member’s browser loads at most 45 kB of script before the board and 80 kB with it, minified and gzipped', async ({
  browser,
  server,
}, info) => {
  const room = await TestRoom.create(server, { title: 'Light' });
  const scripts = new Map<string, Promise<Buffer>>();
  const page = await room.openAsMember(browser, 'Mel', (fresh) => {
    fresh.on('response', (response) => {
      if (response.url().endsWith('.js')) scripts.set(response.url(), response.body());
    });
    return Promise.resolve();
  });
  await expect(page.getByLabel('Add a card to Doing')).toBeVisible();
  const sizes = await Promise.all(
    [...scripts].map(async ([address, body]) => ({ address, size: gzipSync(await body, { level: 9 }).length })),
  );
  const sum = (some: typeof sizes) => some.reduce((total, { size }) => total + size, 0);
  const first = sizes.findIndex(({ address }) => address.includes('/board-'));
  expect(first).toBeGreaterThan(1);
  const without = sum(sizes.slice(0, first));
  const all = sum(sizes);
  info.annotations.push({ type: 'bytes', description: `${without} without the board, ${all} with it` });
  expect(without).toBeLessThanOrEqual(45_000);
  expect(all).toBeLessThanOrEqual(80_000);
  await page.context().close();
});
