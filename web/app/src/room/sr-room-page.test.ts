import type { Ending, RoomState } from '@session-room/client';
import { ToldConnection } from '@session-room/element/testing/connection.ts';
import { room } from '@session-room/element/testing/room.ts';
import type { SessionRoomElement } from '@session-room/element/room/session-room.component.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SrRoomPageElement } from './sr-room-page.component.js';

// The connection is told by the test what the room says.
vi.mock('@session-room/client', async (original) => ({
  ...(await original<object>()),
  RoomConnection: ToldConnection,
}));
vi.mock('@session-room/element/room/board.ts', async () => {
  const { TestBoard } = await import('@session-room/element/testing/board.ts');
  return { openBoard: () => Object.assign(new TestBoard('ann'), { destroy: () => Promise.resolve() }) };
});

await import('../room.js');
// What a page loads on its way is there already, so that no test ends in the middle of it.
await Promise.all([
  import('@session-room/element/console/facilitation.ts'),
  import('@session-room/element/door/sr-sheet.ts'),
  import('./leaving.js'),
]);

const entry = { token: 'secret-token', participantId: 'ann', role: 'member', expiresAt: 1 };
const stored = () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]);

async function arrive(hash = '') {
  history.replaceState(null, '', `/r/weekly${hash}`);
  const page = document.createElement('sr-room-page') as SrRoomPageElement;
  document.body.replaceChildren(page);
  await page.updateComplete;
  return page;
}

const roomOn = (page: SrRoomPageElement) => page.shadowRoot!.querySelector<SessionRoomElement>('session-room')!;

async function drawn(page: SrRoomPageElement) {
  await page.updateComplete;
  await roomOn(page).updateComplete;
  return roomOn(page).shadowRoot!;
}

function returning(role = 'member') {
  localStorage.setItem(
    'session-room:room:weekly',
    JSON.stringify({
      last: 'inv',
      invitations: { inv: { room: 'weekly', invite: 'inv', name: 'Ann', place: 'remote', entry: { ...entry, role } } },
    }),
  );
}

async function say(page: SrRoomPageElement, what: { state?: RoomState; ending?: Ending }) {
  ToldConnection.last.say(what);
  await drawn(page);
}

beforeEach(() => {
  // The door asks what an invite leads to.
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ title: 'Weekly' })));
  localStorage.clear();
  sessionStorage.clear();
  ToldConnection.all.length = 0;
});
afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('who was here before is in the room without being asked, and a newcomer comes to the door', async () => {
  returning();
  const known = await arrive();
  await drawn(known);
  expect(ToldConnection.last.options).toMatchObject({ token: 'secret-token' });
  localStorage.clear();
  sessionStorage.clear();
  const newcomer = await arrive('#invite=other');
  expect((await drawn(newcomer)).querySelector('sr-join')).not.toBeNull();
  expect(ToldConnection.all).toHaveLength(1);
  expect(location.hash).toBe('');
});

test('what an invite was good for is kept, and the connection that it led to stays', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ ...entry, token: 'new-token' })));
  const page = await arrive('#invite=inv');
  (await drawn(page))
    .querySelector('sr-join')!
    .dispatchEvent(new CustomEvent('sr-enter', { detail: { name: 'Ann', place: 'inRoom' } }));
  await vi.waitFor(() => expect(stored()).toContain('new-token'));
  await drawn(page);
  expect(ToldConnection.all).toHaveLength(1);
  expect(ToldConnection.last.left).toBe(false);
  expect(JSON.parse(localStorage.getItem('session-room:room:weekly')!)).toMatchObject({
    invitations: { inv: { name: 'Ann', place: 'inRoom', entry: { token: 'new-token' } } },
  });
});

test('without a link the page says that one is needed', async () => {
  const page = await arrive();
  const sheet = page.shadowRoot!.querySelector('sr-sheet')!;
  await sheet.updateComplete;
  expect(sheet.shadowRoot!.querySelector('h1')?.textContent).toBe('A link is needed');
  expect(sheet.shadowRoot!.querySelector('a')?.getAttribute('href')).toBe('/');
});

test.each(['removed', 'room_deleted', 'not_found'] as const)(
  'after %s nothing secret is left in the browser',
  async (ending) => {
    returning();
    const page = await arrive();
    await drawn(page);
    await say(page, { ending });
    await vi.waitFor(() => expect(stored()).not.toContain('secret-token'));
    expect(stored()).not.toContain('"inv"');
  },
);

test('who was removed and opens another invite in the same tab comes to the door', async () => {
  returning();
  const page = await arrive();
  await drawn(page);
  await say(page, { ending: 'removed' });
  expect((await drawn(page)).querySelector('sr-sheet')).not.toBeNull();
  history.replaceState(null, '', '/r/weekly#invite=other');
  dispatchEvent(new Event('hashchange'));
  const root = await drawn(page);
  expect(root.querySelector('sr-sheet')).toBeNull();
  expect(root.querySelector('sr-join')).not.toBeNull();
});

test('a facilitator’s invite and token are the tab’s only once the session has ended', async () => {
  returning('facilitator');
  const page = await arrive();
  await drawn(page);
  const state = room();
  state.people['ann']!.role = 'facilitator';
  await say(page, { state });
  expect(localStorage.getItem('session-room:room:weekly')).toContain('secret-token');
  await say(page, { state: { ...state, room: { ...state.room, stage: 'ended' } } });
  await vi.waitFor(() => expect(localStorage.getItem('session-room:room:weekly')).toBeNull());
  expect(sessionStorage.getItem('session-room:tab:weekly')).toContain('secret-token');
});

test('where storage is blocked the page asks for the name instead of staying blank', async () => {
  const insecure = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  vi.spyOn(window, 'localStorage', 'get').mockImplementation(insecure);
  vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(insecure);
  const page = await arrive('#invite=inv');
  expect((await drawn(page)).querySelector('sr-join')).not.toBeNull();
});

test('the window is named by the room, and says when one has the floor', async () => {
  returning();
  const page = await arrive();
  await drawn(page);
  await say(page, { state: room() });
  expect(document.title).toBe('Review');
  await say(page, { state: room({ floor: { pid: 'ann', held: [] } }) });
  expect(document.title).toBe('● You have the floor · Review');
});
