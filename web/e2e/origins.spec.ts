import type { Browser } from '@playwright/test';
import type { CreatedRoom, Entry } from '@session-room/client';
import { expect, test } from './fixtures.js';
import { HostSite } from './harness/host-site.js';
import { TestServer } from './server.js';

const secret = 'school-secret-0123456789-abcdefghij';

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
