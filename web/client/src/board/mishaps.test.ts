import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BoardPage, BoardRoom, nextTurn } from './testing.js';

/** Mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): (below: number) => number {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const begin = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const seeds = Array.from({ length: process.env['SEED'] ? 1 : Number(process.env['SEEDS'] ?? 10) }, (_, i) => begin + i);

beforeEach(() => void (globalThis.indexedDB = new IDBFactory()));
afterEach(() => BoardPage.closeAll());

// Rerun one of them: SEED=… npx vitest run mishaps
test.each(seeds)('whatever goes wrong on the way, every edit arrives once: seed %i', async (seed) => {
  const random = randomFrom(seed);
  const room = new BoardRoom();
  const pages = [await BoardPage.open(room), await BoardPage.open(room), await BoardPage.open(room)];
  let marks = 0;
  const mishaps: (() => unknown)[] = [
    () => room.cutAll(),
    () => (room.up = !room.up),
    () => (room.board.loseAnswers = true),
    () => room.board.refusals.push('unavailable', 'rate_limited'),
    () => (room.board.trimmed = room.board.n),
    () => room.resync(true),
    () => room.resync(),
    () => room.changeUnheard({ room: { purpose: 'unheard' } }),
    () => room.change({ room: { title: 'another' } }),
    () => room.change({ room: { offRecord: room.state.room.offRecord !== true } }),
    () => room.change({ people: { p1: { role: random(2) === 0 ? 'member' : 'facilitator' } } }),
    () => pages[random(3)]!.connection.rejoin(),
    async () => {
      const at = random(3);
      // As far as it knows the room is off the record: what is unsaved does not outlive this page.
      if (pages[at]!.connection.state?.room.offRecord) return;
      await pages[at]!.close();
      pages[at] = new BoardPage(room);
    },
  ];
  for (let step = 0; step < 150; step++) {
    const page = pages[random(3)]!;
    if (random(3) > 0 && page.board.status.writable)
      page.board.doc.getText('notes').insert(random(2) * page.notes.length, `<${marks++}>`);
    else if (random(3) === 0) room.write(`<${marks++}>`);
    else await mishaps[random(mishaps.length)]!();
    if (random(2) === 0) await nextTurn();
  }
  room.up = true;
  room.change({ room: { offRecord: false } });
  for (const page of pages) await page.settled();
  for (const page of pages) expect(page.notes).toBe(room.notes);
  const lost = Array.from({ length: marks }, (_, i) => `<${i}>`).filter((mark) => room.notes.split(mark).length !== 2);
  expect(lost).toEqual([]);
  expect(pages.map(({ resets }) => resets)).toEqual([0, 0, 0]);
});
