import type { ReactiveController } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Ticker, untilNextStep } from './ticker.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A host that counts down from `remaining` and takes `drawingMs` to draw itself. */
function host(remaining: number, drawingMs: number) {
  const controllers: ReactiveController[] = [];
  const end = Date.now() + remaining;
  const shown: { value: number; lateMs: number }[] = [];
  const draw = () => {
    controllers.forEach((each) => each.hostUpdate?.());
    const left = end - Date.now();
    const value = Math.ceil(left / 1000);
    if (value !== shown.at(-1)?.value) shown.push({ value, lateMs: value * 1000 - left });
    vi.setSystemTime(Date.now() + drawingMs);
    controllers.forEach((each) => each.hostUpdated?.());
  };
  const ticker = new Ticker(
    {
      addController: (each) => controllers.push(each),
      removeController: () => undefined,
      requestUpdate: draw,
      updateComplete: Promise.resolve(true),
    },
    () => untilNextStep(end - Date.now()),
  );
  return { draw, shown, ticker };
}

test('a second that turns while the host is drawing is not missed', () => {
  // Drawn as 3 at 2,001 ms to go, finished at 1,999: the turn to 2 lies in between.
  const { draw, shown, ticker } = host(2001, 2);
  draw();
  vi.advanceTimersByTime(1500);
  expect(shown.map(({ value }) => value)).toEqual([3, 2, 1]);
  expect(Math.max(...shown.slice(1).map(({ lateMs }) => lateMs))).toBeLessThanOrEqual(4);
  ticker.hostDisconnected();
});

test('nothing is drawn once the host is gone', () => {
  const { draw, shown, ticker } = host(5000, 0);
  draw();
  ticker.hostDisconnected();
  vi.advanceTimersByTime(3000);
  expect(shown).toHaveLength(1);
});
