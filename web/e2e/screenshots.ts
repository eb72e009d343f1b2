import { fileURLToPath } from 'node:url';
import { expect } from './fixtures.js';
import { test } from './every-view.js';
import { sizes } from './stage.js';

const path = (name: string) => fileURLToPath(new URL(`../app/screenshots/${name}.png`, import.meta.url));

/** Each with its times and its code, which the pictures that are compared leave out. */
test('the README’s pictures', async ({ stage }) => {
  const console = stage.page('facilitator');
  await console.setViewportSize(sizes.desktop);
  await expect(console.locator('sr-card')).toHaveCount(6);
  await console.screenshot({ path: path('room') });

  // Somebody stays on a card, with the caret in its notes.
  const writing = stage.page('noteTaker');
  await writing.locator('sr-card', { hasText: 'Draft the note' }).locator('.face').click();
  await writing.getByLabel('Notes', { exact: true }).first().click();
  const page = stage.page('member');
  await page.setViewportSize(sizes.desktop);
  await page.locator('sr-card', { hasText: 'Draft the note' }).locator('.face').click();
  await expect(page.locator('sr-board-text.notes .flag')).toHaveText('Nils Berg');
  await page.getByRole('heading', { name: 'Action board' }).evaluate((heading) => heading.scrollIntoView());
  await page.screenshot({ path: path('board') });
});
