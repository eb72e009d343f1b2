import { describe, expect, test } from 'vitest';
import { RoomClock } from './clock.js';

const tenMinutes = 600_000;

/** A machine whose date is wrong by `wrongBy`, on a network whose ways there and back take as long as they are told. */
function machine(wrongBy: number) {
  let elapsed = 5_000;
  let step = 0;
  let asleep = 0;
  const start = 1_800_000_000_000;
  const trueTime = () => start + elapsed;
  const clock = new RoomClock({ monotonic: () => elapsed - asleep, wall: () => trueTime() + wrongBy + step });
  return {
    clock,
    trueTime,
    pass: (ms: number) => (elapsed += ms),
    sleep: (ms: number) => ((elapsed += ms), (asleep += ms)),
    stepDate: (ms: number) => (step += ms),
    ask(there: number, back: number) {
      const sentAt = clock.monotonic();
      elapsed += there;
      const answer = trueTime();
      elapsed += back;
      clock.sample(answer, sentAt, clock.monotonic());
    },
    error: () => Math.abs(clock.now() - trueTime()),
  };
}

describe.each([
  ['ten minutes fast', tenMinutes],
  ['ten minutes slow', -tenMinutes],
])('on a machine %s', (_, wrongBy) => {
  test('the clock is within 100 ms although most ways are slow and lopsided', () => {
    const m = machine(wrongBy);
    for (const [there, back] of [
      [900, 40],
      [40, 700],
      [70, 30],
      [2000, 10],
      [15, 400],
    ] as const)
      m.ask(there, back);
    expect(m.error()).toBeLessThanOrEqual(100);
    expect(m.error()).toBeLessThanOrEqual(m.clock.errorBoundMs);
  });

  test('the sample with the least round trip wins, whenever it came', () => {
    const m = machine(wrongBy);
    m.ask(10, 10);
    for (let i = 0; i < 10; i++) m.ask(800, 100);
    expect(m.error()).toBeLessThan(1);
  });

  test('setting the date in the middle of a session changes nothing', () => {
    const m = machine(wrongBy);
    m.ask(20, 20);
    m.stepDate(3 * tenMinutes);
    m.pass(1000);
    expect(m.error()).toBeLessThan(1);
  });

  test('a sleep of the machine is noticed, and fresh samples put the clock right', () => {
    const m = machine(wrongBy);
    m.ask(1, 1);
    m.sleep(90_000);
    expect(m.clock.moved()).toBe(true);
    expect(m.clock.moved()).toBe(false);
    m.clock.restart();
    m.ask(60, 60);
    expect(m.error()).toBeLessThan(1);
  });
});

test('an excellent sample grows old: after hours a fair one says more', () => {
  const m = machine(0);
  m.ask(0, 0);
  m.pass(3 * 3_600_000);
  m.ask(100, 300);
  expect(m.error()).toBe(100);
});

test('without a sample the machine’s own date has to do, and says that it is not synchronised', () => {
  const m = machine(1234);
  expect(m.clock.synchronised).toBe(false);
  expect(m.error()).toBe(1234);
});
