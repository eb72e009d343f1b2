import { agenda, item, minute, mount, room, T, text } from '../testing/room.js';
import { expect, test } from 'vitest';
import './facilitation.js';
import { accountsOf } from './ledger.js';
import type { SrLedgerElement } from './sr-ledger.component.js';

const took = (id: string, planned: number, spent = 0) =>
  item(id, { durationMs: planned * minute, spentMs: spent * minute });

/** Half an hour planned, at the third item since two minutes; its clock was extended to seven. */
function busy() {
  const state = room({
    agenda: agenda([took('Opening', 5, 3), took('Numbers', 10, 14), took('Decisions', 5), took('Closing', 10)], {
      current: 'Decisions',
      since: T - 2 * minute,
    }),
    timer: { status: 'running', endsAt: T + 5 * minute, durationMs: 7 * minute, itemId: 'Decisions' },
  });
  state.room.startedAt = T - 20 * minute;
  return state;
}

test('what an item takes is from what others gave back, and the rest from the session’s end', () => {
  const { items, betweenMs, borrowedMs, spentMs } = accountsOf(busy(), T);
  expect(items.map(({ title, overMs }) => [title, overMs / minute])).toEqual([
    ['Opening', -2],
    ['Numbers', 4],
    ['Decisions', 2],
    ['Closing', 0],
  ]);
  expect(items[1]).toMatchObject({ from: [{ title: 'Opening', ms: 2 * minute }], fromEndMs: 2 * minute });
  expect(items[2]).toMatchObject({ from: [], fromEndMs: 2 * minute, current: true });
  expect(items[3]!.ahead).toBe(true);
  // Twenty minutes since the start, nineteen of them at items.
  expect([betweenMs, spentMs, borrowedMs].map((ms) => ms / minute)).toEqual([1, 20, 5]);
});

test('planned and borrowed always make spent and remaining, as in the room’s own sum', () => {
  for (const later of [0, 3, 5, 9]) {
    const now = T + later * minute;
    const { plannedMs, borrowedMs, spentMs } = accountsOf(busy(), now);
    const left = Math.max(0, 5 - later) * minute;
    expect(plannedMs + borrowedMs).toBe(spentMs + left + 10 * minute);
  }
});

test('before the start nothing is borrowed; after the end what was skipped was given back', () => {
  const before = room({ agenda: agenda([took('Opening', 5)]) });
  before.room.stage = 'lobby';
  expect(accountsOf(before, T)).toMatchObject({ borrowedMs: 0, spentMs: 0, betweenMs: 0 });
  const after = busy();
  after.room = { ...after.room, stage: 'ended', endedAt: T };
  after.agenda = agenda([took('Opening', 5, 20), took('Closing', 10)]);
  expect(accountsOf(after, T + minute)).toMatchObject({ borrowedMs: 5 * minute, spentMs: 20 * minute });
});

test('it reads as a table, with the current item marked', async () => {
  const { part } = await mount(document.createElement('sr-ledger') as SrLedgerElement, { state: busy() });
  expect(text(part, 'caption')).toBe('Borrowed minutes');
  expect(text(part, 'tbody tr:nth-child(2)')).toBe(
    'Numbers 2 min from Opening · 2 min from the end of the session 10 min 14 min +4 min',
  );
  expect(text(part, '[aria-current]')).toMatch(/^Decisions .* 5 min 2 min \+2 min$/);
  expect(text(part, 'tfoot')).toBe('In all 30 min 20 min +5 min');
});
