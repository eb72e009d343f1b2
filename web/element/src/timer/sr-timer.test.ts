import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mount, minute, room, T, text } from '../testing/room.js';
import './sr-timer.js';

let now = T;

beforeEach(() => {
  vi.useFakeTimers();
  now = T;
});
afterEach(() => void vi.useRealTimers());

const running = (leftMs: number, durationMs = 5 * minute) =>
  room({ timer: { status: 'running', durationMs, endsAt: T + leftMs } });

const draw = async (state = running(5 * minute)) =>
  (await mount(document.createElement('sr-timer'), { state, now: () => now })).part;

/** Lets the server's clock and the timers of the page go on together. */
async function pass(part: HTMLElementTagNameMap['sr-timer'], ms: number) {
  for (let left = ms; left > 0; left -= 100) {
    now += Math.min(100, left);
    await vi.advanceTimersByTimeAsync(Math.min(100, left));
  }
  await part.updateComplete;
}

test('the clock has the role of a timer and a name that says the time left', async () => {
  const part = await draw();
  expect(part.shadowRoot?.querySelector('[role=timer]')?.getAttribute('aria-label')).toBe('Time left: 5:00');
});

test('the countdown is drawn from the end, by the server’s clock, and turns without any message', async () => {
  const part = await draw();
  expect(text(part, '.face')).toBe('5:00');
  await pass(part, 1000);
  expect(text(part, '.face')).toBe('4:59');
  await pass(part, 59_000);
  expect(text(part, '.face')).toBe('4:00');
});

test('past its end it counts what is over, with a sign and in words', async () => {
  const part = await draw(running(2000));
  await pass(part, 65_000);
  expect(text(part, '.face')).toBe('+1:03');
  expect(text(part, '.caption')).toContain('over time');
});

test('with nothing to count it shows the time of day by the server’s clock, and turns with the minute', async () => {
  const part = await draw(room());
  const first = text(part, '.face');
  expect(first).toMatch(/^\d\d?:\d\d/);
  expect(text(part, '.caption')).toBe('No timer is running');
  await pass(part, 60_000);
  expect(text(part, '.face')).not.toBe(first);
});

test('paused it stands still at what remains', async () => {
  const part = await draw(room({ timer: { status: 'paused', durationMs: 5 * minute, remainingMs: 83_000 } }));
  await pass(part, 10_000);
  expect(text(part, '.face')).toBe('1:23');
  expect(text(part, '.caption')).toContain('Paused');
});

test('a screen reader is told at five minutes, at one and at the end, and nothing in between', async () => {
  const part = await draw(running(5 * minute + 1000, 10 * minute));
  const said: string[] = [''];
  for (let i = 0; i < 320; i++) {
    await pass(part, 1000);
    const latest = text(part, '[role=status]');
    if (latest !== said.at(-1)) said.push(latest);
  }
  expect(said).toEqual(['', '5 minutes left', 'One minute left', 'Time is up']);
});

test('who comes late is not told what has long been so', async () => {
  const part = await draw(running(30_000));
  expect(text(part, '[role=status]')).toBe('');
});
