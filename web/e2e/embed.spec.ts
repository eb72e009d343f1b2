import type { CreatedRoom, Entry, RoomState } from '@session-room/client';
import type { FrameLocator, Page } from '@playwright/test';
import { expect, test } from './fixtures.js';
import { StaticSite } from './harness/static-site.js';
import { TestServer } from './server.js';
import { violations } from './violations.js';

const secret = 'school-secret-0123456789-abcdefghij';

let site: StaticSite;
let server: TestServer;
let room: CreatedRoom;

test.beforeAll(async () => {
  site = await StaticSite.start();
  server = await TestServer.start({
    SessionRoom__ApiKeys__0__Id: 'school',
    SessionRoom__ApiKeys__0__Secret: secret,
    SessionRoom__ApiKeys__0__Origins__0: site.origin,
  });
  room = await asSchool<CreatedRoom>('/api/rooms', { title: 'Parents' });
});

test.afterAll(async () => {
  await server.stop();
  await site.stop();
});

async function asSchool<T>(path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${server.address}${path}`, {
    method: body !== undefined ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  expect(answer.ok).toBe(true);
  return (await answer.json()) as T;
}

const tokenFor = (name: string) => asSchool<Entry>(`/api/rooms/${room.id}/tokens`, { name, role: 'member' });

async function handOf(pid: string) {
  const { state } = await asSchool<{ state: RoomState }>(`/api/rooms/${room.id}`);
  return state.people[pid]?.hand?.intent;
}

const raise = (where: Page | FrameLocator) => where.getByRole('button', { name: 'Raise hand' });

/** What a host's own page keeps of the events that reached it. */
const hearing = `
  window.heard = [];
  const hear = (name, detail) => window.heard.push({ name, detail: JSON.parse(JSON.stringify(detail)) });`;

declare global {
  interface Window {
    heard: { name: string; detail: Record<string, unknown> }[];
  }
}

const heard = (page: Page, name: string) =>
  page.evaluate((wanted) => window.heard.filter((each) => each.name === wanted).map(({ detail }) => detail), name);

test('one script tag puts a room into a page of another origin: seen, heard, and no key of the page’s taken', async ({
  page,
}) => {
  const { token, participantId } = await tokenFor('Ann');
  site.page = `<!doctype html><html lang="en"><title>A school</title>
    <script type="module" src="${server.address}/element/session-room.js"></script>
    <script>${hearing}
      for (const name of ['sr-joined', 'sr-state', 'sr-command', 'sr-answer'])
        document.addEventListener(name, (event) => hear(name, event.detail));
    </script>
    <main style="height: 3000px">
      <p>Welcome to our school</p>
      <session-room id="room" server="${server.address}" token="${token}"></session-room>
      <sr-timer for="room"></sr-timer><sr-queue for="room"></sr-queue>
    </main></html>`;
  await page.goto(site.origin);
  await expect(page.getByRole('heading', { name: 'Parents' })).toBeVisible();
  await expect(page.getByLabel('Add a card to Doing')).toBeVisible();
  expect(await heard(page, 'sr-joined')).toMatchObject([{ room: room.id, you: participantId, name: 'Ann' }]);

  // The page's own space bar scrolls, and raises no hand.
  await page.getByText('Welcome to our school').click();
  await page.keyboard.press('Space');
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
  expect(await heard(page, 'sr-command')).toEqual([]);

  // Inside the element it is the hand's.
  await page.evaluate(() => scrollTo(0, 0));
  await page.locator('session-room').getByRole('heading', { name: 'Parents' }).click();
  await page.keyboard.press('Space');
  await expect.poll(() => handOf(participantId)).toBe('topic');
  expect(await heard(page, 'sr-command')).toEqual([{ type: 'hand.raise', intent: 'topic' }]);
  await expect.poll(() => heard(page, 'sr-answer')).toMatchObject([{ answer: { ok: true } }]);
  await expect.poll(async () => JSON.stringify(await heard(page, 'sr-state'))).toContain('"type":"hand.raised"');
  // A part elsewhere on the page shows the same room.
  await expect(page.locator('main > sr-queue')).toContainText('Ann');
  await expect(page.locator('main > sr-timer')).toContainText('No timer is running');

  // And the host may keep what a person asks for from being sent.
  await page.evaluate(() =>
    document.addEventListener('sr-command', (event) => event.preventDefault(), { capture: true, once: true }),
  );
  await page.locator('session-room').getByRole('button', { name: 'Lower hand' }).click();
  await expect.poll(() => heard(page, 'sr-command')).toHaveLength(2);
  expect(await handOf(participantId)).toBe('topic');
  expect(await page.evaluate(() => document.querySelector('session-room')!.do({ type: 'hand.lower' }))).toMatchObject({
    ok: true,
  });
  expect(await handOf(participantId)).toBeUndefined();
});

test('in a page of another origin it is a region among others, and one of its own walls fills the box that it is given', async ({
  page,
}) => {
  const { token } = await tokenFor('Cleo');
  site.page = `<!doctype html><html lang="en"><title>A school</title>
    <script type="module" src="${server.address}/element/session-room.js"></script>
    <header>The school</header>
    <main><h1>Evening for parents</h1>
      <session-room style="height: 360px; width: 640px" server="${server.address}" token="${token}"></session-room>
    </main><footer>Imprint</footer></html>`;
  await page.goto(site.origin);
  const element = page.locator('session-room');
  await expect(page.getByRole('region', { name: 'Parents' })).toBeVisible();
  for (const role of ['main', 'banner', 'contentinfo'] as const) await expect(page.getByRole(role)).toHaveCount(1);
  await expect(page.locator('h1:not([aria-level])')).toHaveText('Evening for parents');
  await expect(page.getByLabel('Add a card to Doing')).toBeVisible();
  expect(await violations(page)).toEqual([]);

  await element.evaluate((each) => each.setAttribute('view', 'projector'));
  const wall = page.locator('sr-projector');
  await expect(wall.getByRole('heading', { name: 'Parents' })).toBeVisible();
  for (const role of ['main', 'banner', 'contentinfo'] as const) await expect(page.getByRole(role)).toHaveCount(1);
  expect(await wall.evaluate((each) => [each.clientWidth, each.clientHeight])).toEqual([640, 360]);
  const title = wall.locator('h1');
  const letter = () => title.evaluate((each) => parseFloat(getComputedStyle(each).fontSize));
  expect(await letter()).toBeCloseTo(0.052 * 360, 1);
  await element.evaluate((each) => (each.style.height = '480px'));
  await expect.poll(letter).toBeCloseTo(0.052 * 480, 1);
  // Where nobody gave it a height it is as a screen is.
  await element.evaluate((each) => (each.style.height = ''));
  await expect.poll(() => wall.evaluate((each) => each.clientHeight)).toBe(360);
  expect(await violations(page)).toEqual([]);
});

test('a frame puts it there without any script of ours in the page: the host drives it by messages, and hears it', async ({
  page,
}) => {
  const { token, participantId } = await tokenFor('Bob');
  site.page = `<!doctype html><html lang="en"><title>A school</title>
    <iframe title="Session" src="${server.address}/embed/${room.id}" width="900" height="900"></iframe>
    <script type="module">
      import { embedRoom } from '${server.address}/element/embed.js';
      ${hearing}
      window.room = embedRoom(document.querySelector('iframe'), { token: '${token}', view: 'compact', theme: 'dark' });
      for (const name of ['sr-joined', 'sr-state', 'sr-command', 'sr-answer', 'sr-left'])
        window.room.on(name, (detail) => hear(name, detail));
      window.addEventListener('message', ({ data }) => hear('message', data));
    </script></html>`;
  const policies: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) policies.push(message.text());
  });
  await page.goto(site.origin);
  const frame = page.frameLocator('iframe');
  await raise(frame).click();
  await expect.poll(() => handOf(participantId)).toBe('topic');
  await expect.poll(() => heard(page, 'sr-command')).toEqual([{ type: 'hand.raise', intent: 'topic' }]);
  await expect.poll(() => heard(page, 'sr-answer')).toMatchObject([{ answer: { ok: true } }]);
  expect(await heard(page, 'sr-joined')).toMatchObject([{ room: room.id, you: participantId }]);
  expect(JSON.stringify(await heard(page, 'message'))).not.toContain(token);
  expect(await frame.locator('session-room').getAttribute('theme')).toBe('dark');

  const answer = await page.evaluate(() =>
    (window as unknown as { room: { do(command: object): Promise<object> } }).room.do({ type: 'hand.lower' }),
  );
  expect(answer).toMatchObject({ ok: true });
  expect(await handOf(participantId)).toBeUndefined();
  await page.evaluate(() => (window as unknown as { room: { leave(): void } }).room.leave());
  await expect.poll(() => heard(page, 'sr-left')).toEqual([{ reason: 'left' }]);
  expect(policies).toEqual([]);
});

test('a host whose token comes long after the frame has loaded is heard all the same', async ({ page }) => {
  const { token, participantId } = await tokenFor('Late');
  site.page = `<!doctype html><html lang="en"><title>A school</title>
    <iframe title="Session" src="${server.address}/embed/${room.id}" width="900" height="900"></iframe>
    <script type="module">
      import { embedRoom } from '${server.address}/element/embed.js';
      const frame = document.querySelector('iframe');
      addEventListener('load', () => setTimeout(() => embedRoom(frame, { token: '${token}' }), 400));
    </script></html>`;
  await page.goto(site.origin);
  await raise(page.frameLocator('iframe')).click();
  await expect.poll(() => handOf(participantId)).toBe('topic');
});

test('an invite in the fragment is enough for a frame, and does not stay in its address', async ({ page }) => {
  const invite = new URLSearchParams(room.links.member.split('#')[1]).get('invite') ?? '';
  site.page = `<!doctype html><html lang="en"><title>A school</title>
    <iframe title="Session" src="${server.address}/embed/${room.id}#invite=${encodeURIComponent(invite)}" width="900" height="900"></iframe>
    </html>`;
  await page.goto(site.origin);
  const frame = page.frameLocator('iframe');
  await frame.getByLabel('Your name').fill('Cleo');
  await frame.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(frame.getByRole('heading', { name: 'Parents' })).toBeVisible();
  expect(page.frames()[1]!.url()).not.toContain(invite);
});
