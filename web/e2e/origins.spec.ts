import type { Browser } from '@playwright/test';
import type { CreatedRoom, Entry } from '@session-room/client';
import type { SessionStatus } from '@session-room/element/room/events.ts';
import { expect, test } from './fixtures.js';
import { HostSite } from './harness/host-site.js';
import { TestServer } from './server.js';

const secret = 'school-secret-0123456789-abcdefghij';

declare global {
  interface Window {
    phases: string[];
  }
}

let sites: Record<'school' | 'clinic' | 'stranger', HostSite>;
let server: TestServer;
let room: CreatedRoom;
let entry: Entry;

test.beforeAll(async () => {
  const [school, clinic, stranger] = await Promise.all([HostSite.start(), HostSite.start(), HostSite.start()]);
  sites = { school, clinic, stranger };
  server = await TestServer.start({
    SessionRoom__ApiKeys__0__Id: 'school',
    SessionRoom__ApiKeys__0__Secret: secret,
    SessionRoom__ApiKeys__0__Origins__0: school.origin,
    SessionRoom__ApiKeys__1__Id: 'clinic',
    SessionRoom__ApiKeys__1__Secret: secret.replace('school', 'clinic'),
    SessionRoom__ApiKeys__1__Origins__0: clinic.origin,
  });
  room = await asSchool<CreatedRoom>('/api/rooms', { title: 'Parents' });
  entry = await asSchool<Entry>(`/api/rooms/${room.id}/tokens`, { name: 'Ann', role: 'member' });
});

test.afterAll(async () => {
  await server.stop();
  await Promise.all(Object.values(sites).map((site) => site.stop()));
});

/** What the school's back end does with its key. */
async function asSchool<T>(path: string, body: unknown): Promise<T> {
  const answer = await fetch(`${server.address}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify(body),
  });
  expect(answer.ok).toBe(true);
  return (await answer.json()) as T;
}

/** All that a page of that site can try, with a good token and a good invite. */
async function attempts(browser: Browser, site: HostSite) {
  const invite = new URLSearchParams(room.links.member.split('#')[1]).get('invite') ?? '';
  const page = await browser.newPage();
  await page.goto(site.origin);
  const tried = await page.evaluate(
    async ([at, id, token, link]) => ({
      join: await window.host.join(at, id, link),
      read: await window.host.read(at, id, token),
      connect: await window.host.connect(at, token),
      dial: await window.host.dial(at, token),
      framed: await window.host.frame(at, id),
    }),
    [server.address, room.id, entry.token, invite] as const,
  );
  const framed = page.frames()[1]?.url();
  await page.close();
  return { ...tried, framed };
}

test('a page of an origin that the key lists joins, reads, connects and shows the room in a frame', async ({
  browser,
}) => {
  expect(await attempts(browser, sites.school)).toEqual({
    join: 'joined',
    read: 'Parents',
    connect: 'live',
    dial: 'open',
    framed: `${server.address}/embed/${room.id}`,
  });
});

test('the browser keeps a page of an origin that no key lists from everything', async ({ browser }) => {
  expect(await attempts(browser, sites.stranger)).toEqual({
    join: 'blocked',
    read: 'blocked',
    connect: 'waiting to try again',
    dial: 'refused',
    framed: 'chrome-error://chromewebdata/',
  });
});

test('a page of an origin that another key lists is told why, and gets no further', async ({ browser }) => {
  expect(await attempts(browser, sites.clinic)).toEqual({
    join: expect.stringContaining('403 Pages of this origin may not use this room.') as unknown as string,
    read: '403 forbidden',
    connect: 'forbidden',
    dial: 'refused',
    framed: 'chrome-error://chromewebdata/',
  });
});

/** What a person and the host see of a room's element in a page of that site. */
async function shownOn(browser: Browser, site: HostSite, access: Record<string, string>) {
  const page = await browser.newPage();
  await page.goto(site.origin);
  await page.evaluate(
    async ([at, attributes]) => {
      const element = document.createElement('session-room');
      window.phases = [];
      element.addEventListener('sr-status', (event) =>
        window.phases.push((event as CustomEvent<SessionStatus>).detail.phase),
      );
      for (const [name, value] of Object.entries({ server: at, ...attributes })) element.setAttribute(name, value);
      document.body.append(element);
      await import(`${at}/element/session-room.js`);
    },
    [server.address, access] as const,
  );
  return page;
}

for (const site of ['stranger', 'clinic'] as const)
  for (const way of ['token', 'invite'] as const)
    test(`the element says on a page of a ${site} that came with a ${way} that it is not allowed there`, async ({
      browser,
    }) => {
      const invite = new URLSearchParams(room.links.member.split('#')[1]).get('invite') ?? '';
      const page = await shownOn(
        browser,
        sites[site],
        way === 'token' ? { token: entry.token } : { room: room.id, invite, name: 'Ann', place: 'remote' },
      );
      await expect(page.getByRole('heading', { name: 'Not on this page' })).toBeVisible();
      await expect(page.getByText('This page’s address is not allowed to show the room.')).toBeVisible();
      await expect(page.locator('session-room')).toHaveAttribute('phase', 'refused');
      expect(await page.evaluate(() => window.phases.at(-1))).toBe('refused');
      await page.close();
    });
