import type { Ending, RoomState } from '@session-room/client';
import { TestBoard } from '@session-room/element/testing/board.ts';
import { mount, person, room, text } from '@session-room/element/testing/room.ts';
import type { RoomPart } from '@session-room/element';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SrRoomPageElement } from './sr-room-page.component.js';

const told = vi.hoisted(
  () => [] as { options: unknown; listener: { state(state: unknown): void; status(status: unknown): void } }[],
);

// The page's own connection, told by the test what the room says.
vi.mock('@session-room/client', async (original) => ({
  ...(await original<object>()),
  RoomConnection: class {
    you = 'ann';
    clock = { now: Date.now };
    status = { phase: 'connecting', waiting: [], delayed: false };
    constructor(readonly options: unknown) {}
    subscribe(listener: (typeof told)[number]['listener']) {
      told.push({ options: this.options, listener });
    }
    start() {}
    leave = () => Promise.resolve();
    do = () => Promise.resolve({ ok: true, seq: 1 });
  },
}));

const boards: OpenedBoard[] = [];

class OpenedBoard extends TestBoard {
  destroyed = false;

  destroy(): Promise<void> {
    this.destroyed = true;
    return Promise.resolve();
  }
}

vi.mock('../board.js', () => ({ openBoard: () => (boards.push(new OpenedBoard('ann')), boards.at(-1)) }));

await import('../room.js');
// What a page loads on its way is there already, so that no test ends in the middle of it.
await Promise.all([
  import('@session-room/element/console/facilitation.ts'),
  import('@session-room/element/door/sr-gate.ts'),
  import('@session-room/element/door/sr-sheet.ts'),
  import('./leaving.js'),
]);

const entry = { token: 'secret-token', participantId: 'ann', role: 'member', expiresAt: 1 };
const stored = () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]);
const heading = (page: SrRoomPageElement) =>
  vi.waitFor(() => {
    const sheet = page.shadowRoot?.querySelector('sr-sheet');
    const found = sheet?.shadowRoot?.querySelector('h1');
    if (!found) throw new Error('no heading yet');
    return found;
  });

async function arrive(hash = '') {
  history.replaceState(null, '', `/r/weekly${hash}`);
  const page = document.createElement('sr-room-page') as SrRoomPageElement;
  await mount(page as unknown as RoomPart, {});
  return page;
}

function returning(role = 'member') {
  localStorage.setItem(
    'session-room:room:weekly',
    JSON.stringify({
      last: 'inv',
      invitations: { inv: { room: 'weekly', invite: 'inv', name: 'Ann', entry: { ...entry, role } } },
    }),
  );
}

async function say(page: SrRoomPageElement, what: { state?: RoomState; ending?: Ending }) {
  const { listener } = told.at(-1)!;
  if (what.state) listener.state(what.state);
  if (what.ending) listener.status({ phase: 'closed', waiting: [], delayed: false, ending: what.ending });
  else listener.status({ phase: 'live', waiting: [], delayed: false });
  await page.updateComplete;
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  told.length = 0;
  boards.length = 0;
});
afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

test.each([
  ['too_large', 'The room is full'],
  ['not_found', 'There is no such room'],
  ['forbidden', 'This is not your room'],
] as const)('a Join refused with %s says "%s"', async (ending, title) => {
  returning();
  const page = await arrive();
  await say(page, { ending });
  expect((await heading(page)).textContent).toBe(title);
});

test('a full room is tried again at a press, with the token that one has', async () => {
  returning();
  const page = await arrive();
  await say(page, { ending: 'too_large' });
  await heading(page);
  page.shadowRoot!.querySelector('sr-sheet')!.shadowRoot!.querySelector('button')!.click();
  expect(told).toHaveLength(2);
  expect(told[1]?.options).toMatchObject({ token: 'secret-token' });
});

test.each(['removed', 'room_deleted', 'not_found'] as const)(
  'after %s nothing secret is left in the browser',
  async (ending) => {
    returning();
    const page = await arrive();
    await say(page, { ending });
    await vi.waitFor(() => expect(stored()).not.toContain('secret-token'));
    expect(stored()).not.toContain('"inv"');
  },
);

test('who was removed and opens another invite in the same tab comes to the door', async () => {
  returning();
  const page = await arrive();
  await say(page, { ending: 'removed' });
  expect((await heading(page)).textContent).toBe('You were removed');
  history.replaceState(null, '', '/r/weekly#invite=other');
  dispatchEvent(new Event('hashchange'));
  await page.updateComplete;
  expect(page.shadowRoot!.querySelector('sr-sheet')).toBeNull();
  expect(page.shadowRoot!.querySelector('sr-join')).not.toBeNull();
});

test('a facilitator’s invite and token are the tab’s only once the session has ended', async () => {
  returning('facilitator');
  const page = await arrive();
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
  expect(page.shadowRoot!.querySelector('sr-join')).not.toBeNull();
});

test('after "I agree" the focus is on the room’s heading; a reload leaves it alone', async () => {
  returning();
  const page = await arrive();
  const state = room({ people: { ann: person('Ann', 'member', { agreed: false }) } });
  state.room.agreement = { version: 1, text: 'Be kind.' };
  await say(page, { state });
  const accept = await vi.waitFor(() => {
    const found = page.shadowRoot!.querySelector('sr-gate')?.shadowRoot?.querySelector<HTMLElement>('.primary');
    if (!found) throw new Error('no gate yet');
    return found;
  });
  expect(page.shadowRoot!.activeElement).toBeNull();
  accept.click();
  await say(page, { state: room() });
  const member = page.shadowRoot!.querySelector('sr-member')!;
  await vi.waitFor(() => expect(member.shadowRoot!.activeElement?.localName).toBe('h1'));
  expect(text(member as unknown as RoomPart, 'h1')).toBe('Review');
});

test('the board comes once one is in the room, and goes with the connection', async () => {
  returning();
  const page = await arrive();
  expect(boards).toEqual([]);
  await say(page, { state: room() });
  await vi.waitFor(() => expect(page.shadowRoot!.querySelector('sr-member > sr-board[slot=board]')).not.toBeNull());
  await say(page, { state: room() });
  expect(boards.map(({ destroyed }) => destroyed)).toEqual([false]);
  page.remove();
  expect(boards.map(({ destroyed }) => destroyed)).toEqual([true]);
});
