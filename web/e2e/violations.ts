import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe finds wrong with a page as it is, one line each. Landmarks and the first heading of a framed page are those of the page around it. */
export async function violations(page: Page, framed = false): Promise<string[]> {
  await page.evaluate(() => document.fonts.ready);
  // Colours in the middle of a transition are neither the one nor the other.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))),
  );
  // No page here has frames, for which the other mode opens a page of its own.
  const { violations: found } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', ...(framed ? [] : ['best-practice'])])
    .analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`),
  );
}
