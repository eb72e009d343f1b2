import type { CreatedRoom } from '@session-room/client';
import type { Browser, Page } from '@playwright/test';
import { test as base, expect, HubPerson, TestRoom } from './fixtures.js';

const minute = 60_000;
export const sizes = {
  phone: { width: 360, height: 740 },
  desktop: { width: 1280, height: 800 },
  wall: { width: 1920, height: 1080 },
};
export type Size = keyof typeof sizes;
type Role = keyof CreatedRoom['links'];

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

/** A lively room in which everything has happened at least once, and its clock stands: what is seen in it stays so. */
export class Stage {
  private readonly pages = new Map<string, Page>();

  private constructor(
    readonly browser: Browser,
    readonly room: TestRoom,
    readonly gated: TestRoom,
    readonly over: TestRoom,
    readonly people: HubPerson[],
  ) {}

  static async set(browser: Browser, server: TestRoom['server']): Promise<Stage> {
    const room = await TestRoom.create(server, {
      title: 'Quarterly product review',
      purpose: 'Decide what we stop doing before the summer',
      agenda: [
        { title: 'Opening round', durationMs: 5 * minute },
        { title: 'What the numbers say', durationMs: 15 * minute },
        { title: 'Three things to stop', durationMs: 20 * minute },
        { title: 'Decisions and owners', durationMs: 10 * minute },
      ],
      settings: { queuePolicy: 'fair', speakerLimitMs: 60 * minute },
    });
    const gated = await TestRoom.create(server, { title: 'Confidential', agreement: 'What is said here stays here.' });
    const over = await TestRoom.create(server, { title: 'Last week’s review' });
    const facilitator = await HubPerson.connect(room, await room.enter('facilitator', 'Amara Okafor', 'inRoom'));
    const stage = new Stage(browser, room, gated, over, [facilitator]);
    const names = ['Jonas Lindqvist', 'Mei Tanaka', 'Priya Raman', 'Luis Ferreira', 'ليلى حداد'] as const;
    for (const [i, name] of names.entries())
      stage.people.push(await HubPerson.connect(room, await room.enter('member', name, i % 2 ? 'inRoom' : 'remote')));
    const [, jonas, mei, priya, luis, laila] = stage.people;
    await facilitator.must({ type: 'session.start' });
    for (const each of [laila!, priya!, jonas!]) {
      await each.must({ type: 'hand.raise' });
      await facilitator.must({ type: 'floor.next', expect: await stage.floor() });
    }
    const { agenda } = await stage.state();
    await facilitator.must({ type: 'agenda.go', itemId: agenda!.items![1]!.id });
    await facilitator.must({ type: 'timer.pause' });
    await facilitator.must({
      type: 'timer.extend',
      byMs: 7 * minute + 20_000 - ((await stage.state()).timer?.remainingMs ?? 0),
    });
    await priya!.must({ type: 'hand.raise', intent: 'topic' });
    await luis!.must({ type: 'hand.raise', intent: 'topic' });
    await laila!.must({ type: 'hand.raise', intent: 'reply' });
    await mei!.must({ type: 'hand.raise', intent: 'question' });

    await stage.enter('noteTaker', 'member', 'Nils Berg');
    await stage.enter('facilitator', 'facilitator', 'Noor Haddad');
    const sam = await stage.enter('member', 'member', 'Sam Okello');
    await sam.getByRole('button', { name: 'Reply', exact: true }).click();
    await stage.enter('observer', 'observer', 'Olga Ito');
    await facilitator.must({ type: 'role.assign', pid: await stage.pidOf('Nils Berg'), role: 'noteTaker' });
    await stage.fillBoard();
    await stage.openWall();
    const wall = await stage.pidOf('Projector');
    for (const name of ['Chair One', 'Chair Two']) await facilitator.must({ type: 'people.seat', name, device: wall });
    const done = await HubPerson.connect(over, await over.enter('facilitator', 'Amara Okafor'));
    await done.must({ type: 'session.start' });
    await done.must({ type: 'session.end' });
    await done.leave();
    return stage;
  }

  page(name: string): Page {
    return this.pages.get(name)!;
  }

  /** A browser that was never here. */
  async visitor(name: string): Promise<Page> {
    await this.pages.get(name)?.context().close();
    const context = await this.browser.newContext({
      reducedMotion: 'reduce',
      locale: 'en-GB',
      // Pages take no style that is not theirs; that of the pictures is.
      bypassCSP: true,
    });
    const page = await context.newPage();
    this.pages.set(name, page);
    return page;
  }

  async enter(as: string, role: Role, name: string, room = this.room): Promise<Page> {
    const page = await this.visitor(as);
    await page.goto(room.link(role));
    await page.getByLabel('Your name').fill(name);
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    return page;
  }

  /** Somebody who joined the gated room from this browser and has not agreed: the room itself asks them. */
  async unagreed(name: string): Promise<Page> {
    const page = await this.visitor('visitor');
    const { gated } = this;
    const invite = new URLSearchParams(new URL(gated.link('member')).hash.slice(1)).get('invite')!;
    const [room, entry] = [gated.created.id, await gated.enter('member', name, 'remote')];
    const kept = { last: invite, invitations: { [invite]: { room, invite, name, place: 'remote', entry } } };
    await page.goto(gated.server.address);
    await page.evaluate(
      ([key, value]) => localStorage.setItem(key!, value!),
      [`session-room:room:${room}`, JSON.stringify(kept)],
    );
    await page.goto(gated.link('member'));
    return page;
  }

  /** One of the views for other people's pages, as their frame shows it. */
  async embed(view: string): Promise<Page> {
    const page = await this.visitor('embed');
    const invite = this.inviteOf('observer');
    const settings = new URLSearchParams({ invite, view, name: 'Olga Ito', place: 'remote' });
    await page.goto(`${this.room.server.address}/embed/${this.room.created.id}#${settings}`);
    return page;
  }

  async close(): Promise<void> {
    await Promise.all([
      ...this.people.map((person) => person.leave()),
      ...[...this.pages.values()].map((page) => page.context().close()),
    ]);
  }

  private inviteOf(role: Role): string {
    return new URLSearchParams(new URL(this.room.link(role)).hash.slice(1)).get('invite')!;
  }

  private state() {
    return this.room.state(this.people[0]!.entry.token);
  }

  private async floor(): Promise<string | undefined> {
    return (await this.state()).floor?.entryId;
  }

  private async pidOf(name: string): Promise<string> {
    const { people } = await this.state();
    return Object.keys(people).find((pid) => people[pid]?.name === name)!;
  }

  private async openWall(): Promise<void> {
    const page = await this.visitor('wall');
    await page.setViewportSize(sizes.wall);
    const fragment = new URLSearchParams({ invite: this.inviteOf('projector'), join: this.inviteOf('member') });
    await page.goto(`${this.room.server.address}/r/${this.room.created.id}?view=projector#${fragment}`);
    await expect(page.locator('.qr path, .frame path').first()).toBeVisible();
  }

  /** As somebody does who prepares a session; the dates are far enough away to be said the same way every day. */
  private async fillBoard(): Promise<void> {
    const page = this.page('noteTaker');
    const { keyboard } = page;
    const add = async (column: string, ...titles: string[]) => {
      await page.getByLabel(`Add a card to ${column}`).click();
      for (const title of titles) await keyboard.type(`${title}\n`);
    };
    await add(
      'To do',
      'Tell the newsletter’s readers that it ends',
      'Move two customers off the old importer',
      'نسأل المالية عن كلفة المعرض',
    );
    await add('Doing', 'Draft the note about prices', 'Interview three people who left');
    await add('Done', 'Stop the weekly status report');
    const open = (title: string) => page.locator('sr-card', { hasText: title }).click();
    const close = () => page.getByRole('button', { name: 'Close', exact: true }).click();
    const assign = async (owner: string, due: string) => {
      await page.getByLabel('Owner').selectOption({ label: owner });
      await page.getByLabel('Due', { exact: true }).fill(due);
    };
    await open('Move two customers');
    await assign('Luis Ferreira', '2020-02-03');
    await page.getByRole('checkbox', { name: /^Keep in this room/ }).check();
    await close();
    await open('Draft the note');
    await assign('Mei Tanaka', '2099-06-01');
    await page.getByLabel('Notes', { exact: true }).first().fill('One page.\nWhat changes, for whom, from when.');
    await close();
    await open('Stop the weekly');
    await page.getByLabel('Outcome').fill('Stopped, see https://example.org/d/42');
    await close();
    await page.getByLabel('Notes', { exact: true }).last().fill('Three things to stop before the summer.');
    await page.getByLabel('Add a decision').fill('The newsletter ends with the June issue');
    await keyboard.press('Enter');
    await expect(page.locator('sr-minutes')).toContainText('Decisions');
  }
}

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
