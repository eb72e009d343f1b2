import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ToldConnection } from '../testing/connection.js';
import { agreeing, door, embed, entry, OpenedBoard, say } from '../testing/embedded.js';
import { room } from '../testing/room.js';

vi.mock('@session-room/client', async (original) => ({
  ...(await original<object>()),
  RoomConnection: ToldConnection,
}));
vi.mock('./board.js', () => ({ openBoard: () => new OpenedBoard() }));

await import('./session-room.js');
await Promise.all([import('../door/sr-gate.js'), import('../door/sr-sheet.js')]);

beforeEach(() => {
  localStorage.clear();
  ToldConnection.all.length = 0;
});
afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('a link as handed out names server, room and invite; with a name and a place nobody is asked', async () => {
  const fetched = door(() => Response.json(entry));
  const { element, of } = await embed({
    invite: 'https://rooms.example/r/week%201#invite=abc',
    name: 'Ann',
    place: 'inRoom',
  });
  await vi.waitFor(() => expect(ToldConnection.all).toHaveLength(1));
  expect(fetched.mock.calls[0]![0]).toBe('https://rooms.example/api/rooms/week%201/join');
  expect(JSON.parse(fetched.mock.calls[0]![1]!.body as string)).toEqual({
    invite: 'abc',
    name: 'Ann',
    place: 'inRoom',
  });
  expect(ToldConnection.last.options).toMatchObject({ token: 'from-invite', server: 'https://rooms.example' });
  expect(of('sr-joined')).toEqual([
    { room: 'week 1', you: 'ann', role: 'member', name: 'Ann', place: 'inRoom', again: false },
  ]);
  expect(JSON.stringify(of('sr-joined'))).not.toContain('from-invite');
  expect(element.entry).toEqual(entry);
});

test('a bare invite with its room asks at the door, where the name is filled in; keeping the token changes nothing', async () => {
  door(() => Response.json(entry));
  const { element, root } = await embed({ room: 'weekly', invite: 'abc', name: 'Ann' });
  const join = root.querySelector('sr-join')!;
  expect(join.name).toBe('Ann');
  join.dispatchEvent(new CustomEvent('sr-enter', { detail: { name: 'Anna', place: 'remote' } }));
  await vi.waitFor(() => expect(ToldConnection.all).toHaveLength(1));
  element.token = element.entry?.token;
  await element.updateComplete;
  expect(ToldConnection.all).toHaveLength(1);
  expect(ToldConnection.last.left).toBe(false);
});

const atDoor = { title: 'Weekly', agreement: { version: 1, text: 'Be kind.' } };

/** Enters by the door of a gated room, which shows `version`. */
async function agreed(version: number) {
  const fetched = vi.fn<typeof fetch>((url) =>
    Promise.resolve(Response.json(String(url).endsWith('/invite') ? atDoor : entry)),
  );
  vi.stubGlobal('fetch', fetched);
  const found = await embed({ room: 'weekly', invite: 'abc' });
  const join = found.root.querySelector('sr-join')!;
  await vi.waitFor(() => expect(join.invitation).toEqual(atDoor));
  join.dispatchEvent(new CustomEvent('sr-enter', { detail: { name: 'Ann', place: 'remote', agreed: version } }));
  return { ...found, join, fetched };
}

test('what was agreed to at the door is told to the room, which asks no more', async () => {
  const { element, root, of } = await agreed(1);
  await vi.waitFor(() => expect(ToldConnection.all).toHaveLength(1));
  await say(element, { state: agreeing() });
  const accepted = { type: 'agreement.accept', version: 1 };
  expect(ToldConnection.last.asked).toEqual([accepted]);
  expect(of('sr-command')).toEqual([accepted]);
  expect(root.querySelector('sr-gate')).toBeNull();
  await say(element, { state: room() });
  expect(root.querySelector('sr-member')).not.toBeNull();
});

test('another text than the one at the door is asked about by the room', async () => {
  const { element, root } = await agreed(1);
  await vi.waitFor(() => expect(ToldConnection.all).toHaveLength(1));
  const state = agreeing();
  state.room.agreement = { version: 2, text: 'Be kinder.' };
  await say(element, { state });
  expect(ToldConnection.last.asked).toEqual([]);
  expect(root.querySelector('sr-gate')).not.toBeNull();
});

test('whoever has not accepted what the door shows joins nothing', async () => {
  const { element, join, fetched } = await agreed(0);
  await vi.waitFor(() => expect(join.busy).toBe(false));
  await element.updateComplete;
  expect(fetched.mock.calls.map(([url]) => url)).toEqual(['/api/rooms/weekly/invite']);
  expect(ToldConnection.all).toHaveLength(0);
});

test('an invite that is not taken says so at the door and to the host', async () => {
  door(() => Response.json({ detail: 'This invite does not open the room.' }, { status: 403 }));
  const { element, root, of } = await embed({ room: 'weekly', invite: 'abc', name: 'Ann', place: 'remote' });
  await vi.waitFor(() =>
    expect(of('sr-refused')).toEqual([{ status: 403, message: 'This invite does not open the room.', origin: false }]),
  );
  await element.updateComplete;
  const join = root.querySelector('sr-join')!;
  await join.updateComplete;
  expect(join.shadowRoot!.querySelector('[role=alert]')?.textContent).toContain('no longer valid');
});

test.each(['not a link #', 'https://rooms.example/elsewhere#invite=abc', 'https://rooms.example/r/x#nothing', 'abc'])(
  'an invite that leads nowhere (%s) connects nowhere',
  async (invite) => {
    const fetched = door(() => Response.json(entry));
    const { root } = await embed({ invite, name: 'Ann', place: 'remote' });
    expect(root.childElementCount).toBe(0);
    expect(fetched).not.toHaveBeenCalled();
  },
);

test('the agreement comes before the room; after "I agree" the focus is on the room’s heading', async () => {
  const { element, root } = await embed({ token: 't1' });
  await say(element, { state: agreeing() });
  const gate = root.querySelector('sr-gate')!;
  await gate.updateComplete;
  expect(root.activeElement).toBeNull();
  gate.shadowRoot!.querySelector<HTMLElement>('.primary')!.click();
  await element.updateComplete;
  expect(ToldConnection.last.asked).toEqual([{ type: 'agreement.accept', version: 1 }]);
  await say(element, { state: room() });
  const member = root.querySelector('sr-member')!;
  await vi.waitFor(() => expect(member.shadowRoot!.activeElement?.localName).toBe('h1'));
});

test('whoever would not agree has left', async () => {
  const { element, root, of } = await embed({ token: 't1' });
  await say(element, { state: agreeing() });
  const gate = root.querySelector('sr-gate')!;
  await gate.updateComplete;
  gate.shadowRoot!.querySelectorAll('button')[1]!.click();
  await element.updateComplete;
  expect(of('sr-left')).toEqual([{ reason: 'declined' }]);
  expect(root.querySelector('sr-sheet')?.why).toBe('declined');
});

/** The landmark and the first heading that a view draws, as they are read out. */
function outline(view: Element) {
  const { shadowRoot } = view;
  const main = shadowRoot!.querySelector('.main')!.getAttribute('role');
  return [main, shadowRoot!.querySelector('h1')!.getAttribute('aria-level')];
}

test.each([
  ['somebody else’s page', {}, [null, '2']],
  ['a page of its own', { keys: 'page' }, ['main', null]],
])('in %s the door, the agreement and how it ended have that page’s landmarks', async (_, keys, expected) => {
  door(() => Response.json({ title: 'Weekly' }));
  const { element, root } = await embed({ room: 'weekly', invite: 'abc', ...keys });
  await root.querySelector('sr-join')!.updateComplete;
  expect(outline(root.querySelector('sr-join')!)).toEqual(expected);
  element.token = 't1';
  await element.updateComplete;
  await say(element, { state: agreeing() });
  await root.querySelector('sr-gate')!.updateComplete;
  expect(outline(root.querySelector('sr-gate')!)).toEqual(expected);
  await say(element, { ending: 'removed' });
  await root.querySelector('sr-sheet')!.updateComplete;
  expect(outline(root.querySelector('sr-sheet')!)).toEqual(expected);
});

test('in somebody else’s page the door is a region by the room’s name', async () => {
  door(() => Response.json({ title: 'Weekly' }));
  const { root } = await embed({ room: 'weekly', invite: 'abc' });
  await vi.waitFor(() => expect(root.querySelector('[role=region]')?.getAttribute('aria-label')).toBe('Weekly'));
});
