import { readdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect } from './fixtures.js';
import { sizes, speak, test, views } from './every-view.js';
import { violations } from './violations.js';

const catalogues = new URL('../element/src/text/catalogues/', import.meta.url);
const languages = ['en', ...readdirSync(catalogues).map((name) => name.replace(/\.json$/, ''))];

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What still moves, through all shadow roots, once everything that ends has ended. */
function moving(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots)
      for (const each of root.querySelectorAll('*')) if (each.shadowRoot) roots.push(each.shadowRoot);
    return roots
      .flatMap((root) => root.getAnimations())
      .filter(({ effect, playState }) => playState === 'running' && effect?.getComputedTiming().iterations === Infinity)
      .map((animation) => (animation instanceof CSSAnimation ? animation.animationName : animation.id));
  });
}

test('there are seven languages', () => {
  expect(languages.sort()).toEqual(['ar', 'de', 'en', 'es', 'fr', 'ja', 'pt']);
});

for (const { name, on, open } of views) {
  test(`${name}: no accessibility violations in either theme or any language, and nothing scrolls sideways`, async ({
    stage,
  }) => {
    test.setTimeout(300_000);
    const page = await open(stage);
    const found: string[] = [];
    for (const language of ['de', 'fr', 'es', 'pt', 'ja', 'ar', 'en']) {
      await test.step(language, async () => {
        await speak(page, language);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          // Light on the first of its screens, dark on the last.
          await page.setViewportSize(sizes[on.at(colorScheme === 'light' ? 0 : -1)!]);
          for (const each of await violations(page)) found.push(`${language}, ${colorScheme}: ${each}`);
        }
        if (on.includes('wall')) return;
        // 640 is a desktop at 200 %, 320 a phone of 360 px with a wide margin of the host's.
        for (const width of [320, 360, 640, 1280]) {
          await page.setViewportSize({ width, height: 800 });
          if ((await overflow(page)) > 0) found.push(`${language}: scrolls sideways at ${width} px`);
        }
      });
    }
    expect(await moving(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: null });
    await page.setViewportSize(sizes[on[0]!]);
    expect(found).toEqual([]);
  });
}
