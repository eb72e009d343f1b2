import type { Page } from '@playwright/test';
import { test as base, expect } from './fixtures.js';
import { sizes, Stage, type Size } from './stage.js';

/** One thing that people see: where it is looked at, and how it is come by. */
export interface View {
  name: string;
  on: readonly Size[];
  open(stage: Stage): Promise<Page>;
}

/** One stage for all tests of a file: it takes long to set. */
export const test = base.extend<object, { scene: string; stage: Stage }>({
  /** Another one is another stage: pictures show what those before them have opened. */
  scene: ['checks', { option: true, scope: 'worker' }],
  stage: [
    async ({ browser, server, scene: _ }, use) => {
      const stage = await Stage.set(browser, server);
      await use(stage);
      await stage.close();
    },
    { scope: 'worker', timeout: 240_000 },
  ],
});

/** Another language in the middle of what is shown, as its reader chooses; a screen without a menu has one unseen. */
export async function speak(page: Page, language: string): Promise<void> {
  const menu = page.locator('sr-language select');
  if (await menu.count()) {
    await menu.first().evaluate((select: HTMLSelectElement, value) => {
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }, language);
  } else await page.locator('session-room').evaluate((room, lang) => room.setAttribute('lang', lang), language);
  await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}(-|$)`));
  await expect(page.locator('html')).toHaveAttribute('dir', language === 'ar' ? 'rtl' : 'ltr');
}

/** The whole page, as on a screen that is as high: what is pinned to its lower edge covers nothing then. */
export async function showWhole(page: Page, size: Size): Promise<void> {
  const { width, height } = sizes[size];
  await page.setViewportSize({ width, height });
  if (size === 'wall') return;
  const all = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, all) });
  await page.evaluate(() => scrollTo(0, 0));
}

const both = ['desktop', 'phone'] as const;

async function console(stage: Stage): Promise<Page> {
  const page = stage.page('facilitator');
  await expect(page.locator('sr-card')).toHaveCount(6);
  if (await page.locator('dialog[open]').count()) await page.keyboard.press('Escape');
  return page;
}

async function panel(stage: Stage): Promise<Page> {
  const page = await console(stage);
  const more = page.locator('sr-console .more');
  if ((await more.getAttribute('aria-expanded')) === 'false') await more.click();
  await expect(page.locator('sr-quiet')).toBeVisible();
  return page;
}

async function wall(stage: Stage, key: '' | 'a' | 'b'): Promise<Page> {
  const page = stage.page('wall');
  await expect(page.locator('sr-projector')).toContainText('Quarterly product review');
  const shown = async () =>
    (await page.locator('sr-board').count()) ? 'b' : (await page.locator('sr-queue').count()) ? '' : 'a';
  const now = await shown();
  if (now !== key && now) await page.keyboard.press(now);
  if (now !== key && key) await page.keyboard.press(key);
  await expect.poll(shown).toBe(key);
  return page;
}

export const views: readonly View[] = [
  {
    name: 'lobby',
    on: both,
    async open(stage) {
      const page = await stage.visitor('lobby');
      await page.goto(stage.room.server.address);
      await page.getByText('Agreement and speaking order').click();
      return page;
    },
  },
  {
    name: 'created',
    on: both,
    async open(stage) {
      const page = await stage.visitor('lobby');
      await page.goto(stage.room.server.address);
      await page.getByLabel('Title').fill('Weekly review');
      await page.getByRole('button', { name: 'Open the room' }).click();
      await expect(page.locator('.frame path').first()).toBeVisible();
      return page;
    },
  },
  {
    name: 'door',
    on: both,
    async open(stage) {
      const page = await stage.visitor('visitor');
      await page.goto(stage.room.link('member'));
      await expect(page.getByLabel('Your name')).toBeVisible();
      return page;
    },
  },
  {
    name: 'door-agreement',
    on: both,
    async open(stage) {
      const page = await stage.visitor('visitor');
      await page.goto(stage.gated.link('member'));
      await expect(page.getByLabel('I agree')).toBeVisible();
      return page;
    },
  },
  {
    name: 'gate',
    on: both,
    async open(stage) {
      const page = await stage.unagreed('Sam Okello');
      await expect(page.getByRole('button', { name: 'I agree' })).toBeVisible();
      return page;
    },
  },
  {
    name: 'end-sheet',
    on: both,
    async open(stage) {
      const page = await stage.visitor('visitor');
      await page.goto(stage.gated.link('member'));
      await page.getByRole('button', { name: 'I do not agree' }).click();
      await expect(page.getByText('You did not enter the room.')).toBeVisible();
      return page;
    },
  },
  {
    name: 'ended',
    on: both,
    async open(stage) {
      const page = await stage.enter('visitor', 'facilitator', 'Noor Haddad', stage.over);
      await expect(page.getByText('This session ended at')).toBeVisible();
      return page;
    },
  },
  {
    name: 'member',
    on: both,
    async open(stage) {
      const page = stage.page('member');
      await expect(page.locator('sr-card')).toHaveCount(6);
      await expect(page.locator('sr-signals')).toContainText('Sound');
      await expect(page.locator('sr-hands')).toContainText('in the queue');
      return page;
    },
  },
  {
    name: 'card',
    on: both,
    async open(stage) {
      const page = stage.page('noteTaker');
      const card = page.locator('sr-card', { hasText: 'Draft the note' });
      if ((await card.getAttribute('open')) === null) await card.locator('.face').click();
      await page.getByRole('button', { name: 'Close', exact: true }).focus();
      return page;
    },
  },
  {
    name: 'observer',
    on: ['phone'],
    async open(stage) {
      const page = stage.page('observer');
      await expect(page.locator('sr-card')).toHaveCount(6);
      await expect(page.locator('sr-hands')).toContainText('You are watching this room.');
      return page;
    },
  },
  { name: 'console', on: both, open: console },
  { name: 'panel', on: both, open: panel },
  {
    name: 'asking',
    on: ['desktop'],
    async open(stage) {
      const page = await panel(stage);
      await page.getByRole('button', { name: 'End session' }).click();
      await page.getByRole('button', { name: 'Actions for Luis Ferreira' }).click();
      await expect(page.getByRole('button', { name: 'Give the floor' })).toBeVisible();
      return page;
    },
  },
  {
    name: 'keys',
    on: both,
    async open(stage) {
      const page = await console(stage);
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
      return page;
    },
  },
  { name: 'wall', on: ['wall'], open: (stage) => wall(stage, '') },
  { name: 'wall-board', on: ['wall'], open: (stage) => wall(stage, 'b') },
  { name: 'wall-agenda', on: ['wall'], open: (stage) => wall(stage, 'a') },
  ...(['member', 'compact', 'timer', 'queue', 'board'] as const).map((view): View => ({
    name: `embed-${view}`,
    on: ['phone'],
    async open(stage) {
      const page = await stage.embed(view);
      const part = {
        member: 'sr-member',
        compact: 'sr-compact',
        timer: 'sr-timer',
        queue: 'sr-queue',
        board: 'sr-card',
      };
      await expect(page.locator(part[view]).first()).toBeVisible();
      return page;
    },
  })),
];
