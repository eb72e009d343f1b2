import { gzipSync } from 'node:zlib';
import { expect, test, TestRoom } from './fixtures.js';

test('a member’s browser loads at most 45 kB of script, minified and gzipped', async ({ browser, server }, info) => {
  const room = await TestRoom.create(server, { title: 'Light' });
  const scripts = new Map<string, Promise<Buffer>>();
  const page = await room.openAsMember(browser, 'Mel', (fresh) => {
    fresh.on('response', (response) => {
      if (response.url().endsWith('.js')) scripts.set(response.url(), response.body());
    });
    return Promise.resolve();
  });
  const sizes = (await Promise.all(scripts.values())).map((body) => gzipSync(body, { level: 9 }).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  info.annotations.push({ type: 'bytes', description: String(total) });
  expect(sizes.length).toBeGreaterThan(1);
  expect(total).toBeLessThanOrEqual(45_000);
  await page.context().close();
});
