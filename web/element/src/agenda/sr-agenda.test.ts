import type { Timer } from '@session-room/client';
import { expect, test } from 'vitest';
import { button, minute, mount, room, T, text } from '../testing/room.js';
import { timeOfDay } from '../text/time.js';
import './sr-agenda.js';

const make = () => document.createElement('sr-agenda');
const state = room({
  agenda: {
    items: ['Opening', 'Numbers', 'Stops', 'Decisions'].map((title, i) => ({
      id: `i${i}`,
      title,
      durationMs: 10 * minute,
      spentMs: i === 0 ? 12 * minute : 0,
    })),
    current: 'i1',
    since: T - 4 * minute,
    ledger: { plannedMs: 40 * minute, borrowedMs: 2 * minute },
  },
});

test('the current item is marked for everyone, and the time it took so far is counted on from the server’s clock', async () => {
  const { part } = await mount(make(), { state });
  expect(text(part, '[aria-current=step] .title')).toBe('Numbers');
  expect(text(part, '[aria-current=step] .box')).toBe('4 min of 10 min');
});

test('the ledger says what is planned and what is borrowed', async () => {
  const { part } = await mount(make(), { state });
  expect(text(part, '.head')).toBe('Agenda 40 min planned · 2 min borrowed');
  expect(text(part, 'li [data-over]')).toBe('12 min of 10 min');
});

test('the end moves on with every minute over time, and stands still otherwise', async () => {
  const expectedEndAt = T + 20 * minute;
  const end = async (timer: Timer) => {
    const agenda = { ...state.agenda, items: [], ledger: { plannedMs: 0, borrowedMs: 0, expectedEndAt } };
    const { part } = await mount(make(), { state: { ...state, agenda, timer } });
    return text(part, '.head');
  };
  const about = (at: number) => expect.stringContaining(`ends about ${timeOfDay(at)}`) as string;
  expect(await end({ status: 'overtime', endsAt: T - 7 * minute })).toEqual(about(expectedEndAt + 7 * minute));
  expect(await end({ status: 'running', endsAt: T + minute })).toEqual(about(expectedEndAt));
  expect(await end({ status: 'paused', remainingMs: minute })).toEqual(about(expectedEndAt));
});

test('a facilitator goes to any other item', async () => {
  const { part, orders } = await mount(make(), { state, manage: true });
  expect(part.shadowRoot?.querySelectorAll('button')).toHaveLength(3);
  button(part, 'Go to Decisions').click();
  expect(orders).toEqual([{ type: 'agenda.go', itemId: 'i3' }]);
});

test('a screen with little room shows the items around the current one', async () => {
  const { part } = await mount(make(), { state, limit: 3 });
  expect([...part.shadowRoot!.querySelectorAll('.title')].map((each) => each.textContent)).toEqual([
    'Opening',
    'Numbers',
    'Stops',
  ]);
});
