import { afterEach, expect, test, vi } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs';
import type { RefusalCode } from '../commands.js';
import { person } from '../fake-room.js';
import { BoardPage, BoardRoom, nextTurn } from './testing.js';

const eventually = (check: () => void) => vi.waitFor(check, { interval: 1 });

afterEach(() => BoardPage.closeAll());

test('a board on a live connection is joined on the same link, and left out again when it is gone', async () => {
  const room = new BoardRoom();
  room.write('before');
  const page = await BoardPage.open(room);
  expect(page.notes).toBe('before');
  expect(room.tokens).toHaveLength(1);
  await page.board.destroy();
  await eventually(() => expect(room.requests.at(-1)).toEqual({ skipBoard: true }));
  room.write(' after');
  expect(page.notes).toBe('before');
});

test('the last edits reach the room when the page leaves the board', async () => {
  const room = new BoardRoom();
  const page = await BoardPage.open(room, { collectMs: 60_000 });
  page.write('last');
  await page.board.destroy();
  expect(room.notes).toBe('last');
});

test('edits go both ways, those that come together as one push', async () => {
  const room = new BoardRoom();
  const page = await BoardPage.open(room);
  for (const word of ['a', 'b', 'c']) page.write(word);
  expect(page.board.status.unsaved).toBe(3);
  await page.settled();
  expect(room.notes).toBe('abc');
  expect(room.board.pushes).toHaveLength(1);
  room.write('d');
  expect(page.notes).toBe('abcd');
  expect(room.board.pushes).toHaveLength(1);
});

test('two pages that write at once end with the same', async () => {
  const room = new BoardRoom();
  const [one, two] = [await BoardPage.open(room), await BoardPage.open(room)];
  for (let i = 0; i < 20; i++) {
    one.write('1');
    two.write('2');
    if (i % 7 === 0) room.write('3');
    if (i % 5 === 0) await nextTurn();
  }
  await Promise.all([one.settled(), two.settled()]);
  expect(one.notes).toBe(room.notes);
  expect(two.notes).toBe(room.notes);
  expect(room.notes).toHaveLength(43);
});

test('an edit whose answer was lost is pushed again, and is there once', async () => {
  const room = new BoardRoom();
  const page = await BoardPage.open(room);
  room.board.loseAnswers = true;
  page.write('once');
  await page.settled();
  expect(room.board.pushes).toHaveLength(2);
  expect(room.notes).toBe('once');
});

test('edits made while away are pushed on return, and what was missed is asked for by number', async () => {
  const room = new BoardRoom();
  room.write('here ');
  const page = await BoardPage.open(room);
  room.up = false;
  room.cutAll();
  await eventually(() => expect(page.connection.status.phase).toBe('reconnecting'));
  page.write('mine ');
  room.write('theirs ');
  room.up = true;
  await page.settled();
  expect(room.requests.at(-1)).toEqual({ n: 1 });
  expect(page.notes).toBe(room.notes);
  expect(room.notes).toContain('mine');
  expect(room.notes).toContain('theirs');
});

test('a number that the room has trimmed away is followed by the state vector', async () => {
  const room = new BoardRoom();
  room.write('here ');
  const page = await BoardPage.open(room);
  room.up = false;
  room.cutAll();
  room.write('there ');
  room.write('and there');
  room.board.trimmed = 2;
  room.up = true;
  await eventually(() => expect(page.notes).toBe('here there and there'));
  expect(room.requests.at(-2)).toEqual({ n: 1 });
  expect(room.requests.at(-1)).toEqual({ board: expect.any(Uint8Array) as Uint8Array });
  expect(page.resets).toBe(0);
});

test('a resync of what the room takes for missing does not pass for the whole where a replica started over by itself', async () => {
  const room = new BoardRoom();
  room.write('here ');
  const page = await BoardPage.open(room);
  const synced: boolean[] = [];
  room.duringJoin = () => {
    room.resync(true);
    synced.push(page.board.status.synced);
  };
  room.board.refusals = ['forbidden'];
  page.write('mine');
  await eventually(() => expect(page.board.status).toMatchObject({ synced: true, refused: 'forbidden' }));
  expect(synced).toEqual([false]);
  expect(page.notes).toBe('here ');
});

test('a frame that comes while a replica starts over waits for nothing: the answer to Join has it', async () => {
  const room = new BoardRoom();
  room.write('here ');
  const page = await BoardPage.open(room);
  const pending: unknown[] = [];
  room.duringJoin = () => {
    room.write('meanwhile');
    pending.push(page.board.doc.store.pendingStructs);
  };
  room.board.refusals = ['forbidden'];
  page.write('mine');
  await eventually(() => expect(page.board.status).toMatchObject({ synced: true, refused: 'forbidden' }));
  expect(pending).toEqual([null]);
  expect(page.notes).toBe('here meanwhile');
});

test('off the record numbers stand still, so the state vector asks', async () => {
  const room = new BoardRoom({ offRecord: true });
  room.write('here');
  const page = await BoardPage.open(room);
  room.cutAll();
  await eventually(() => expect(room.requests).toHaveLength(3));
  await page.settled();
  expect(room.requests).toEqual([{ skipBoard: true }, {}, { board: expect.any(Uint8Array) as Uint8Array }]);
});

test('a room that went off the record in the meantime answers no number, and is asked by state vector', async () => {
  const room = new BoardRoom();
  room.write('here');
  const page = await BoardPage.open(room);
  room.up = false;
  room.cutAll();
  room.change({ room: { offRecord: true } });
  room.board.trimmed = Infinity;
  room.up = true;
  await eventually(() => expect(room.requests.slice(-2)).toMatchObject([{ n: 1 }, { board: {} }]));
  await page.settled();
});

test('what was written off the record and thrown away is thrown away here too, with the client id that wrote it', async () => {
  const room = new BoardRoom({ offRecord: true });
  const page = await BoardPage.open(room);
  page.write('secret');
  await page.settled();
  const { doc, awareness } = page.board;
  const { clientID } = doc;
  room.board.replace(new Doc());
  room.write('kept');
  room.changeUnheard({ room: { offRecord: false, boardEpoch: 1 } });
  const joins = room.joins;
  room.resync(true);
  expect(page.resets).toBe(1);
  expect(page.notes).toBe('kept');
  expect(page.board.doc).not.toBe(doc);
  expect(page.board.doc.clientID).not.toBe(clientID);
  expect(page.board.awareness).not.toBe(awareness);
  page.write(' on');
  await page.settled();
  expect(room.notes).toBe('kept on');
  expect(room.joins).toBe(joins);
});

test('an edit that the room takes after its replica was thrown away is in the next one too', async () => {
  const room = new BoardRoom({ offRecord: true });
  const page = await BoardPage.open(room);
  room.board.meanwhile = () => {
    room.board.replace(new Doc());
    room.changeUnheard({ room: { offRecord: false, boardEpoch: 1 } });
    room.resync(true);
  };
  page.write('late');
  await eventually(() => expect(room.notes).toBe('late'));
  room.write(' and on');
  await eventually(() => expect(page.notes).toBe('late and on'));
});

test('another board epoch that a patch brings is followed by a whole join', async () => {
  const room = new BoardRoom();
  room.write('old');
  const page = await BoardPage.open(room);
  const fresh = new Doc();
  fresh.getText('notes').insert(0, 'new');
  room.board.replace(fresh);
  room.change({ room: { boardEpoch: 1 } });
  expect(page.board.status.synced).toBe(false);
  await page.settled();
  expect(page.notes).toBe('new');
  expect(room.requests.at(-1)).toEqual({});
});

test('another log starts over, and says that unsaved edits are lost', async () => {
  const room = new BoardRoom();
  room.write('old');
  const page = await BoardPage.open(room);
  room.up = false;
  room.cutAll();
  page.write(' unsaved');
  room.board.replace(new Doc());
  room.write('new');
  Object.assign(room, { epoch: 'e2', seq: 1, up: true });
  await eventually(() => expect(page.notes).toBe('new'));
  expect(page.resets).toBe(1);
  expect(page.board.status).toMatchObject({ unsaved: 0, refused: 'stale' });
  expect(room.board.pushes).toEqual([]);
});

test('a log that was written back keeps the replica, and is given what it lost', async () => {
  const room = new BoardRoom();
  const page = await BoardPage.open(room);
  page.write('answered ');
  await page.settled();
  room.up = false;
  room.cutAll();
  page.write('unsaved');
  room.board.replace(new Doc());
  Object.assign(room, { epoch: 'e1-1', seq: 1, up: true });
  await eventually(() => expect(room.notes).toBe('answered unsaved'));
  room.board.replace(new Doc());
  Object.assign(room, { epoch: 'e1-2', seq: 1 });
  room.resync(true);
  await eventually(() => expect(room.notes).toBe('answered unsaved'));
  expect(page.resets).toBe(0);
  await eventually(() => expect(page.board.status).toMatchObject({ unsaved: 0, refused: undefined }));
});

test.each(['forbidden', 'invalid', 'too_large', 'ended', 'stale', 'not_agreed'] satisfies RefusalCode[])(
  'an edit refused with %s is taken back, and is not asked again',
  async (code) => {
    const room = new BoardRoom();
    room.write('theirs');
    const page = await BoardPage.open(room);
    room.board.refusals = [code];
    page.write(' mine');
    await eventually(() => expect(page.board.status).toMatchObject({ refused: code, synced: true }));
    expect(page.notes).toBe('theirs');
    expect(page.resets).toBe(1);
    expect(room.board.pushes).toHaveLength(1);
    page.write(' again');
    await page.settled();
    expect(room.notes).toBe('theirs again');
    expect(page.board.status.refused).toBeUndefined();
  },
);

test.each(['rate_limited', 'unavailable', 'not_found'] satisfies RefusalCode[])(
  'an edit answered with %s is pushed again, with longer and longer waits, until it is taken',
  async (code) => {
    const room = new BoardRoom();
    const page = await BoardPage.open(room);
    room.board.refusals = [code, code, code];
    page.write('in the end');
    await page.settled();
    expect(room.notes).toBe('in the end');
    expect(page.waits).toEqual([50, 150, 300, 600]);
    expect(page.resets).toBe(0);
  },
);

test('before the agreement nothing is asked of the board, and accepting it brings the whole board', async () => {
  const room = new BoardRoom();
  room.write('confidential');
  room.state.people['p1'] = person('Ann', 'member', { agreed: false });
  const page = new BoardPage(room);
  await eventually(() => expect(page.connection.status.phase).toBe('live'));
  expect(page.board.status).toMatchObject({ synced: false, writable: false });
  expect(room.requests).toEqual([{ skipBoard: true }]);
  room.change({ people: { p1: { agreed: true } } });
  await page.settled();
  expect(page.notes).toBe('confidential');
  expect(page.board.status.writable).toBe(true);
});

test('while a changed agreement is not accepted, edits wait', async () => {
  const room = new BoardRoom();
  const page = await BoardPage.open(room);
  room.change({ people: { p1: { agreed: false } } });
  page.write('later');
  await nextTurn();
  await nextTurn();
  expect(room.board.pushes).toEqual([]);
  room.change({ people: { p1: { agreed: true } } });
  room.resync(true);
  await page.settled();
  expect(room.notes).toBe('later');
});

test('whoever comes back to a changed agreement joins once', async () => {
  const room = new BoardRoom();
  room.write('here');
  const page = await BoardPage.open(room);
  room.up = false;
  room.cutAll();
  room.change({ people: { p1: { agreed: false } } });
  room.up = true;
  await eventually(() => expect(page.board.status.writable).toBe(false));
  await nextTurn();
  await nextTurn();
  expect(room.requests.slice(2)).toEqual([{ n: 1 }]);
});

test('the status follows the role and the end of the session', async () => {
  const room = new BoardRoom();
  const page = await BoardPage.open(room);
  expect(page.board.status).toEqual({ synced: true, unsaved: 0, writable: true, refused: undefined });
  room.change({ people: { p1: { role: 'observer' } } });
  expect(page.statuses.at(-1)?.writable).toBe(false);
  room.change({ people: { p1: { role: 'member' } } });
  expect(page.statuses.at(-1)?.writable).toBe(true);
  room.change({ room: { stage: 'ended' } });
  expect(page.statuses.at(-1)?.writable).toBe(false);
});

test('what Yjs tidies up after the edits of others is not pushed by somebody who only looks on', async () => {
  const room = new BoardRoom();
  room.state.people['p1'] = person('Ann', 'observer');
  room.write('some text');
  const page = await BoardPage.open(room);
  expect(page.notes).toBe('some text');
  const [bold, empty] = [new Doc(), new Doc()];
  for (const doc of [bold, empty]) applyUpdate(doc, room.board.whole().board);
  bold.getText('notes').format(0, 9, { bold: true });
  empty.getText('notes').delete(0, 9);
  const tidied = vi.fn();
  page.board.doc.on('update', (_update, _origin, _doc, { local }) => local && tidied());
  for (const doc of [bold, empty]) applyUpdate(room.board.doc, encodeStateAsUpdate(doc));
  expect(page.notes).toBe('');
  expect(tidied).toHaveBeenCalledTimes(1);
  for (let i = 0; i < 5; i++) await nextTurn();
  expect(room.board.pushes).toEqual([]);
  expect(page.resets).toBe(0);
});

test('a refusal while a Join is under way is followed by another Join', async () => {
  const room = new BoardRoom();
  room.write('theirs');
  const page = await BoardPage.open(room);
  room.board.refusals = ['forbidden'];
  page.write(' mine');
  room.duringJoin = () => {
    room.duringJoin = undefined;
    page.connection.rejoin();
  };
  page.connection.rejoin();
  await eventually(() => expect(page.board.status).toMatchObject({ refused: 'forbidden', synced: true }));
  expect(page.notes).toBe('theirs');
});
