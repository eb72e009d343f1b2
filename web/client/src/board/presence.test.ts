import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { removeAwarenessStates } from 'y-protocols/awareness';
import { person } from '../fake-room.js';
import { BoardPage, BoardRoom, nextTurn } from './testing.js';

const eventually = (check: () => void) => vi.waitFor(check, { interval: 1 });
const seenByBen = (room: BoardRoom) =>
  [...room.board.ben.getStates()].filter(([client]) => client !== room.board.ben.clientID).map(([, state]) => state);

let room: BoardRoom;
beforeEach(() => void (room = new BoardRoom()));
afterEach(async () => {
  await BoardPage.closeAll();
  room.board.ben.destroy();
});

test('the others see what one looks at, and that one is gone', async () => {
  const page = await BoardPage.open(room);
  page.board.present({ card: 'a1', stage: 'board' });
  await eventually(() => expect(seenByBen(room)).toEqual([{ card: 'a1', stage: 'board' }]));
  page.board.present({ card: undefined });
  await eventually(() => expect(seenByBen(room)).toEqual([{ stage: 'board' }]));
  await page.board.destroy();
  await eventually(() => expect(seenByBen(room)).toEqual([]));
});

test('one sees what the others look at', async () => {
  const page = await BoardPage.open(room);
  room.board.ben.setLocalState({ pid: 'ben', card: 'a2' });
  expect(page.board.awareness.getStates().get(room.board.ben.clientID)).toEqual({ pid: 'ben', card: 'a2' });
  room.board.ben.setLocalState(null);
  expect(page.board.awareness.getStates().has(room.board.ben.clientID)).toBe(false);
});

test('whoever looks at nothing says nothing', async () => {
  await BoardPage.open(room);
  await nextTurn();
  expect(room.board.awareMessages).toBe(0);
});

test('a caret that moves fast is told ten times a second, and where it came to rest', async () => {
  let tick!: () => void;
  const wait = (ms: number) =>
    ms === 100
      ? new Promise<void>((resolve) => (tick = resolve))
      : ms >= 30_000
        ? new Promise<void>(() => undefined)
        : nextTurn();
  const page = await BoardPage.open(room, { wait });
  for (let i = 0; i < 50; i++) page.board.present({ card: `a${i}` });
  expect(room.board.awareMessages).toBe(1);
  tick();
  await eventually(() => expect(room.board.awareMessages).toBe(2));
  expect(seenByBen(room)).toEqual([{ card: 'a49' }]);
  tick();
  await nextTurn();
  expect(room.board.awareMessages).toBe(2);
});

test('on return one is seen again, although the others were told otherwise', async () => {
  const page = await BoardPage.open(room);
  page.board.present({ card: 'a1' });
  await eventually(() => expect(seenByBen(room)).toHaveLength(1));
  const { ben } = room.board;
  room.up = false;
  room.cutAll();
  removeAwarenessStates(ben, [page.board.awareness.clientID], 'room');
  room.up = true;
  await eventually(() => expect(seenByBen(room)).toEqual([{ card: 'a1' }]));
});

test('while away nobody else is seen, and on return they are, under the clocks that they had', async () => {
  const page = await BoardPage.open(room);
  room.board.ben.setLocalState({ card: 'a2' });
  const { clientID } = room.board.ben;
  expect(page.board.awareness.getStates().has(clientID)).toBe(true);
  room.up = false;
  room.cutAll();
  await eventually(() => expect(page.board.awareness.getStates().has(clientID)).toBe(false));
  room.up = true;
  await page.settled();
  await eventually(() => expect(page.connection.status.phase).toBe('live'));
  room.board.showBen();
  expect(page.board.awareness.getStates().get(clientID)).toEqual({ card: 'a2' });
});

test('whoever only looks on is not told of, until they may write', async () => {
  room.state.people['p1'] = person('Ann', 'observer');
  const page = await BoardPage.open(room);
  page.board.present({ card: 'a1' });
  await nextTurn();
  expect(room.board.awareMessages).toBe(0);
  room.change({ people: { p1: { role: 'member' } } });
  await eventually(() => expect(seenByBen(room)).toEqual([{ card: 'a1' }]));
});

test('a board that starts over is seen once, under the new client id and without the caret', async () => {
  const page = await BoardPage.open(room);
  page.board.present({ card: 'a1', caret: { card: 'a1', field: 'title', anchor: {}, head: {} } });
  await eventually(() => expect(seenByBen(room)).toHaveLength(1));
  room.board.refusals = ['forbidden'];
  page.write('refused');
  await eventually(() => expect(page.resets).toBe(1));
  await page.settled();
  await eventually(() => expect(seenByBen(room)).toEqual([{ card: 'a1' }]));
});
