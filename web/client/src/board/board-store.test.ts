import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs';
import type { RefusalCode } from '../commands.js';
import { BoardStore, databaseOf, forgetBoard } from './board-store.js';
import { BoardPage, BoardRoom, nextTurn } from './testing.js';

const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { interval: 1 });
const databases = async () => (await indexedDB.databases()).map(({ name }) => name);
const kept = async (era = 'e1/0') => {
  const store = new BoardStore(databaseOf('r', 'p1'), era);
  const { content, edits } = await store.load();
  await store.close();
  return { content: content.length, edits: edits.length };
};
const keptNotes = async () => {
  const store = new BoardStore(databaseOf('r', 'p1'), 'e1/0');
  const replica = new Doc();
  for (const update of (await store.load()).content) applyUpdate(replica, update);
  await store.close();
  return replica.getText('notes').toString();
};
const eras = () =>
  new Promise<string[]>((resolve) => {
    const opening = indexedDB.open(databaseOf('r', 'p1'));
    opening.onsuccess = () => {
      const keys = opening.result.transaction('board').objectStore('board').getAllKeys();
      keys.onsuccess = () => {
        opening.result.close();
        resolve([...new Set((keys.result as [string][]).map(([era]) => era))]);
      };
    };
  });
const away = async (room: BoardRoom, page: BoardPage) => {
  room.up = false;
  room.cutAll();
  await eventually(() => expect(page.connection.status.phase).toBe('reconnecting'));
};

beforeEach(() => void (globalThis.indexedDB = new IDBFactory()));
afterEach(() => BoardPage.closeAll());

test('edits made while away come back after a reload, and exactly they are pushed', async () => {
  const room = new BoardRoom();
  room.write('theirs');
  const page = await BoardPage.open(room);
  page.write(' saved');
  await page.settled();
  await away(room, page);
  page.write(' unsaved');
  page.write(' either');
  await page.close();
  room.up = true;
  room.board.pushes = [];
  const reloaded = await BoardPage.open(room);
  expect(room.notes).toBe('theirs saved unsaved either');
  expect(reloaded.notes).toBe(room.notes);
  expect(room.board.pushes).toHaveLength(1);
  const pushed = new Doc();
  applyUpdate(pushed, room.board.pushes[0]!);
  expect(encodeStateAsUpdate(pushed).length).toBeLessThan(encodeStateAsUpdate(room.board.doc).length);
  await reloaded.close();
  expect((await kept()).edits).toBe(0);
});

test('a reload shows what is kept before the room has answered, and asks for the rest', async () => {
  const room = new BoardRoom();
  room.write('kept');
  const page = await BoardPage.open(room);
  room.write(' on');
  await page.close();
  room.write(' since');
  const reloaded = await BoardPage.open(room);
  expect(reloaded.notes).toBe('kept on since');
  expect(room.requests.at(-1)).toEqual({ board: expect.any(Uint8Array) as Uint8Array });
});

test('an edit that was pushed and not answered before the reload is there once', async () => {
  const room = new BoardRoom();
  const page = await BoardPage.open(room);
  room.board.loseAnswers = true;
  page.write('once');
  await eventually(() => expect(room.notes).toBe('once'));
  await page.close();
  const reloaded = await BoardPage.open(room);
  expect(reloaded.notes).toBe('once');
  expect(room.board.pushes.length).toBeGreaterThan(1);
});

test('off the record nothing is written, and what stays when it ends is written then', async () => {
  const room = new BoardRoom();
  room.write('before');
  const page = await BoardPage.open(room);
  room.change({ room: { offRecord: true } });
  const before = await kept();
  room.write(' theirs');
  page.write(' mine');
  await page.settled();
  expect(await kept()).toEqual(before);
  await away(room, page);
  page.write(' unsaved');
  expect(await kept()).toEqual(before);
  room.change({ room: { offRecord: false } });
  room.up = true;
  await page.settled();
  await page.close();
  expect(await keptNotes()).toBe('before theirs mine unsaved');
});

test('what was written off the record and is neither answered nor thrown away when it ends is kept then', async () => {
  const room = new BoardRoom({ offRecord: true });
  const page = await BoardPage.open(room);
  room.board.refusals = Array<RefusalCode>(1000).fill('unavailable');
  page.write('unanswered');
  expect((await kept()).edits).toBe(0);
  room.change({ room: { offRecord: false } });
  expect((await kept()).edits).toBe(1);
});

test('another board epoch deletes what was kept of the former one, also when it came while the page was closed', async () => {
  const room = new BoardRoom();
  room.write('old');
  const page = await BoardPage.open(room);
  await away(room, page);
  page.write(' unsaved');
  await page.close();
  expect(await kept()).toEqual({ content: 1, edits: 1 });
  room.board.replace(new Doc());
  room.change({ room: { boardEpoch: 1 } });
  room.up = true;
  room.write('new');
  const reloaded = await BoardPage.open(room);
  expect(reloaded.notes).toBe('new');
  expect(room.board.pushes).toEqual([]);
  expect(await eras()).toEqual(['e1/1']);
  room.board.replace(new Doc());
  room.change({ room: { boardEpoch: 2 } });
  await reloaded.settled();
  await reloaded.close();
  expect(await kept('e1/2')).toEqual({ content: 0, edits: 0 });
});

test('a refused edit is not kept either', async () => {
  const room = new BoardRoom();
  room.write('theirs');
  const page = await BoardPage.open(room);
  room.board.refusals = ['too_large'];
  page.write(' mine');
  await eventually(() => expect(page.board.status.refused).toBe('too_large'));
  await page.settled();
  await page.close();
  const reloaded = await BoardPage.open(room);
  expect(reloaded.notes).toBe('theirs');
  expect(room.board.pushes).toHaveLength(1);
});

test('a refused edit is not kept where it was folded into the content', async () => {
  const room = new BoardRoom();
  const page = await BoardPage.open(room);
  room.board.refusals = [...Array<RefusalCode>(50).fill('unavailable'), 'invalid'];
  page.write('mine');
  for (let i = 0; i < 501; i++) room.write('x');
  await eventually(() => expect(page.board.status.refused).toBe('invalid'));
  await page.close();
  expect(await keptNotes()).not.toContain('mine');
});

test('two pages share what is kept: neither loses the edits of the other', async () => {
  const room = new BoardRoom();
  const [one, two] = [await BoardPage.open(room), await BoardPage.open(room)];
  room.up = false;
  room.cutAll();
  one.write('one');
  two.write('two');
  await Promise.all([one.close(), two.close()]);
  expect((await kept()).edits).toBe(2);
  room.up = true;
  const reloaded = await BoardPage.open(room);
  expect([...room.notes].sort().join('')).toBe([...'onetwo'].sort().join(''));
  expect(reloaded.notes).toBe(room.notes);
});

test('many small updates are folded into one', async () => {
  const room = new BoardRoom();
  const page = await BoardPage.open(room);
  for (let i = 0; i < 600; i++) room.write('x');
  await page.close();
  expect((await kept()).content).toBeLessThan(200);
  const reloaded = await BoardPage.open(room);
  expect(reloaded.notes).toHaveLength(600);
});

test.each(['removed', 'room_deleted'] as const)('after %s nothing is left behind', async (reason) => {
  const room = new BoardRoom();
  const page = await BoardPage.open(room);
  page.write('something');
  await page.settled();
  expect(await databases()).toEqual([databaseOf('r', 'p1')]);
  room.bye({ reason });
  await eventually(async () => expect(await databases()).toEqual([]));
});

test('an ended session leaves nothing behind once nothing is unsaved, and says that an edit came too late', async () => {
  const room = new BoardRoom();
  const page = await BoardPage.open(room);
  await away(room, page);
  page.write('too late');
  room.change({ room: { stage: 'ended' } });
  room.board.refusals = ['ended'];
  room.up = true;
  await eventually(() => expect(page.board.status).toMatchObject({ refused: 'ended', unsaved: 0, synced: true }));
  await eventually(async () => expect(await databases()).toEqual([]));
});

test('leaving with forget leaves nothing behind, leaving without keeps it, and it can be forgotten later', async () => {
  const room = new BoardRoom();
  const page = await BoardPage.open(room);
  await page.board.destroy();
  expect(await databases()).toHaveLength(1);
  const again = await BoardPage.open(room);
  await again.board.destroy({ forget: true });
  await eventually(async () => expect(await databases()).toEqual([]));
  await (await BoardPage.open(room)).close();
  forgetBoard('r', 'p1');
  await eventually(async () => expect(await databases()).toEqual([]));
});

test.each([
  ['there is no IndexedDB', () => void Reflect.deleteProperty(globalThis, 'indexedDB')],
  [
    'it cannot be opened',
    () =>
      void vi.spyOn(indexedDB, 'open').mockImplementation(() => {
        throw new Error('SecurityError');
      }),
  ],
])('where %s the board is there all the same, and only not kept', async (_, breakIt) => {
  breakIt();
  const room = new BoardRoom();
  room.write('theirs');
  const page = await BoardPage.open(room);
  page.write(' mine');
  await page.settled();
  expect(room.notes).toBe('theirs mine');
  await page.board.destroy({ forget: true });
});

test('when the database goes away under it, edits go on', async () => {
  const room = new BoardRoom();
  const page = await BoardPage.open(room);
  forgetBoard('r', 'p1');
  await eventually(async () => expect(await databases()).toEqual([]));
  page.write('mine');
  await page.settled();
  await nextTurn();
  expect(room.notes).toBe('mine');
});

test('with keep: false nothing is written', async () => {
  const room = new BoardRoom();
  const page = await BoardPage.open(room, { keep: false });
  page.write('mine');
  await page.settled();
  expect(await databases()).toEqual([]);
});
