import { readdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect } from './fixtures.js';
import { showWhole, speak, test, views } from './every-view.js';
import { sizes } from './stage.js';
import { violations } from './violations.js';

const catalogues = new URL('../element/src/text/catalogues/', import.meta.url);
const languages = ['en', ...readdirSync(catalogues).map((name) => name.replace(/\.json$/, ''))];

/** What stands out at the side of a page that scrolls sideways, through all shadow roots. */
function sticking(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const roots: (Document | ShadowRoot)[] = [document];
    const found: string[] = [];
    for (const root of roots) {
      for (const each of root.querySelectorAll('*')) {
        if (each.shadowRoot) roots.push(each.shadowRoot);
        const { left, right, width } = each.getBoundingClientRect();
        // What lies in something that scrolls by itself widens no page.
        if (each.closest('.columns, .panel, .hidden-text') || root instanceof Document) continue;
        if (root.host.closest('.columns, .panel')) continue;
        if (width > 0 && (right > clientWidth + 1 || left < -1)) found.push(`${each.localName}.${each.className}`);
      }
    }
    return [`by ${scrollWidth - clientWidth} px`, ...found.slice(0, 6)];
  });
}

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

/** The whole takes seven minutes: without `EVERY_VIEW` it is English in both themes, and Arabic. */
const everything = Boolean(process.env['EVERY_VIEW']);

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
    for (const language of everything ? ['de', 'fr', 'es', 'pt', 'ja', 'ar', 'en'] : ['ar', 'en']) {
      await test.step(language, async () => {
        await speak(page, language);
        for (const colorScheme of ['light', 'dark'] as const) {
          if (colorScheme === 'dark' && !everything && language !== 'en') continue;
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          // Light on the first of its screens, dark on the last.
          await showWhole(page, on.at(colorScheme === 'light' ? 0 : -1)!);
          for (const each of await violations(page, name.startsWith('embed')))
            found.push(`${language}, ${colorScheme}: ${each}`);
        }
        if (on.includes('wall')) return;
        // 640 is a desktop at 200 %, 320 a phone of 360 px with a wide margin of the host's.
        for (const width of [320, 360, 640, 1280]) {
          await page.setViewportSize({ width, height: 800 });
          for (const each of await sticking(page)) found.push(`${language}, ${width} px wide, sideways: ${each}`);
        }
      });
    }
    expect(await moving(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: null });
    await page.setViewportSize(sizes[on[0]!]);
    expect(found).toEqual([]);
  });
}
