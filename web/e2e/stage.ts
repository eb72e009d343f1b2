import type { CreatedRoom } from '@session-room/client';
import type { Browser, Page } from '@playwright/test';
import { expect, HubPerson, TestRoom } from './fixtures.js';

const minute = 60_000;
export const sizes = {
  phone: { width: 360, height: 740 },
  desktop: { width: 1280, height: 800 },
  wall: { width: 1920, height: 1080 },
};
export type Size = keyof typeof sizes;
type Role = keyof CreatedRoom['links'];

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
