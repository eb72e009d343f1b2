import { HubConnectionBuilder, LogLevel, type HubConnection } from '@microsoft/signalr';
import type { Answer, CreatedRoom, Entry, Place, RoomCommand, RoomPlan, RoomState } from '@session-room/client';
import { expect, test as base, type Browser, type Page } from '@playwright/test';
import { TestServer } from './server.js';

export { expect };

export const test = base.extend<object, { server: TestServer }>({
  server: [
    async ({}, use) => {
      // One server for all tests: rooms are cheap, and their number a minute is what this setting bounds.
      const server = await TestServer.start({ SessionRoom__Limits__OpenRoomsPerMinute: '6000' });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 240_000 },
  ],
});

export class TestRoom {
  private constructor(
    readonly server: Pick<TestServer, 'address'>,
    readonly created: CreatedRoom,
  ) {}

  static async create(server: Pick<TestServer, 'address'>, plan: RoomPlan): Promise<TestRoom> {
    return new TestRoom(server, await post<CreatedRoom>(`${server.address}/api/rooms`, plan));
  }

  link(role: keyof CreatedRoom['links']): string {
    return new URL(this.created.links[role], this.server.address).href;
  }

  enter(role: keyof CreatedRoom['links'], name: string, place: Place = 'remote'): Promise<Entry> {
    const invite = new URLSearchParams(new URL(this.link(role)).hash.slice(1)).get('invite');
    return post<Entry>(`${this.server.address}/api/rooms/${this.created.id}/join`, { invite, name, place });
  }

  async state(token: string): Promise<RoomState> {
    const answer = await fetch(`${this.server.address}/api/rooms/${this.created.id}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { state: RoomState }).state;
  }

  /** Opens the members' link as a person does: name, place, one press. */
  async openAsMember(browser: Browser, name: string, prepare?: (page: Page) => Promise<void>): Promise<Page> {
    const page = await (await browser.newContext()).newPage();
    await prepare?.(page);
    await page.goto(this.link('member'));
    await page.getByLabel('Your name').fill(name);
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await expect(page.getByRole('heading', { name: this.created.title })).toBeVisible();
    return page;
  }

  async openProjector(browser: Browser): Promise<Page> {
    const page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
    const address = new URL(this.link('projector'));
    address.searchParams.set('view', 'projector');
    await page.goto(address.href);
    await expect(page.locator('sr-projector')).toContainText(this.created.title);
    return page;
  }
}

/** The official client in Node, with its own reconnection, as an integrator would use it. */
export class HubPerson {
  events: string[] = [];
  private next = 0;

  private constructor(
    readonly entry: Entry,
    private readonly hub: HubConnection,
  ) {}

  static async connect(room: TestRoom, entry: Entry): Promise<HubPerson> {
    const hub = new HubConnectionBuilder()
      .withUrl(`${room.server.address}/hubs/room`, { accessTokenFactory: () => entry.token })
      .withAutomaticReconnect({ nextRetryDelayInMilliseconds: () => 200 })
      .configureLogging(LogLevel.None)
      .build();
    const person = new HubPerson(entry, hub);
    hub.on('patch', (message: { events: { type: string }[] }) =>
      person.events.push(...message.events.map(({ type }) => type)),
    );
    hub.onreconnected(() => hub.invoke('Join', {}));
    await hub.start();
    await hub.invoke('Join', {});
    return person;
  }

  async do(command: RoomCommand): Promise<Answer> {
    return this.hub.invoke<Answer>('Do', { id: `${this.entry.participantId}-${this.next++}`, ...command });
  }

  async must(command: RoomCommand): Promise<void> {
    expect(await this.do(command)).toMatchObject({ ok: true });
  }

  /** An update of the board, answered once it is durable. */
  async push(update: Uint8Array): Promise<void> {
    expect(await this.hub.invoke<Answer>('Push', Buffer.from(update).toString('base64'))).toMatchObject({ ok: true });
  }

  get connected(): boolean {
    return this.hub.state === 'Connected';
  }

  leave(): Promise<void> {
    return this.hub.stop();
  }
}

async function post<T>(address: string, body: unknown): Promise<T> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}
