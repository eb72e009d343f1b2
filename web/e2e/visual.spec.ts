import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect } from './fixtures.js';
import { showWhole, speak, test, views } from './every-view.js';
import { sizes, type Size } from './stage.js';

/** Said in every language that is read from the other side, and without any colour of ours. */
const alsoInArabic = ['lobby', 'member', 'panel', 'wall', 'wall-board'];
const alsoInForcedColours = ['member', 'panel', 'wall', 'card'];

/** With other fonts every text is another picture: the ones that the references were drawn with. */
function fontsHere(): string {
  const families = ['sans-serif', 'sans-serif:lang=ar', 'sans-serif:lang=ja', 'system-ui', 'monospace'];
  try {
    return families.map((family) => execFileSync('fc-match', [family], { encoding: 'utf8' })).join('');
  } catch {
    return '';
  }
}
const drawnWith = readFileSync(new URL('../screenshots/fonts.txt', import.meta.url), 'utf8');

const style = readFileSync(new URL('visual.css', import.meta.url), 'utf8');

/** Puts the pictures' own style into the page and all its shadow roots: before it is measured, for it changes the height. */
function hideWhatRuns(page: Page): Promise<void> {
  return page.evaluate((css) => {
    const own = globalThis as { hiding?: CSSStyleSheet };
    own.hiding ??= new CSSStyleSheet();
    own.hiding.replaceSync(css);
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots) {
      for (const each of root.querySelectorAll('*')) if (each.shadowRoot) roots.push(each.shadowRoot);
      if (!root.adoptedStyleSheets.includes(own.hiding)) root.adoptedStyleSheets.push(own.hiding);
    }
  }, style);
}

async function look(page: Page, name: string, size: Size): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await hideWhatRuns(page);
  await showWhole(page, size);
  // On a phone a column of the board is as wide as the screen: the one that is looked at.
  const card = page.locator('sr-card[open]');
  if (await card.count()) await card.evaluate((each) => each.scrollIntoView({ block: 'nearest', inline: 'center' }));
  await expect.soft(page).toHaveScreenshot(`${name}.png`);
}

test.use({ scene: 'pictures' });
test.skip(() => fontsHere() !== drawnWith, 'the references were drawn with other fonts (screenshots/fonts.txt)');

for (const { name, on, open } of views) {
  test(`${name} looks as it did`, async ({ stage }) => {
    const page = await open(stage);
    for (const size of on) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await look(page, `${name}-${size}-${colorScheme}`, size);
      }
      await page.emulateMedia({ colorScheme: 'light' });
      if (alsoInForcedColours.includes(name)) {
        await page.emulateMedia({ forcedColors: 'active' });
        await look(page, `${name}-${size}-forced`, size);
        await page.emulateMedia({ forcedColors: null });
      }
      if (alsoInArabic.includes(name)) {
        await speak(page, 'ar');
        await look(page, `${name}-${size}-arabic`, size);
        await speak(page, 'en');
      }
    }
    await page.emulateMedia({ colorScheme: null });
    await page.setViewportSize(sizes[on[0]!]);
  });
}
