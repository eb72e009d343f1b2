import type { Page } from '@playwright/test';
import { expect, HubPerson, test, TestRoom } from './fixtures.js';

const minute = 60_000;

interface Turn {
  face: string;
  /** By the machine's true clock, which is also the server's. */
  at: number;
}

declare global {
  interface Window {
    trueNow(): number;
    moveDate(ms: number): void;
  }
}

/** Puts the page's date wrong, before anything of the page runs. Only the date: a wrong clock still counts seconds. */
async function wrongDate(page: Page, byMs: number): Promise<void> {
  await page.addInitScript((initial: number) => {
    const TrueDate = Date;
    let wrongBy = initial;
    window.trueNow = () => TrueDate.now();
    window.moveDate = (ms) => (wrongBy = ms);
    window.Date = new Proxy(TrueDate, {
      construct: (target, args: [number]) =>
        args.length > 0 ? new target(...args) : new target(TrueDate.now() + wrongBy),
      get: (target, key) => (key === 'now' ? () => TrueDate.now() + wrongBy : (Reflect.get(target, key) as unknown)),
    });
  }, byMs);
}

/** The next moments at which the countdown turns, and what it turns to. */
function turns(page: Page, count: number): Promise<Turn[]> {
  return page.locator('sr-timer').evaluate(
    (timer, wanted) =>
      new Promise<Turn[]>((resolve) => {
        const seen: Turn[] = [];
        const face = () => timer.shadowRoot?.querySelector('.face')?.textContent ?? '';
        let last = face();
        const observer = new MutationObserver(() => {
          if (face() === last) return;
          last = face();
          seen.push({ face: last, at: window.trueNow() });
          if (seen.length < wanted) return;
          observer.disconnect();
          resolve(seen);
        });
        observer.observe(timer.shadowRoot!, { subtree: true, childList: true, characterData: true });
      }),
    count,
  );
}

function milliseconds(face: string): number {
  const [minutes = 0, seconds = 0] = face.split(':').map(Number);
  return (minutes * 60 + seconds) * 1000;
}

for (const [how, byMs] of [
  ['ten minutes fast', 10 * minute],
  ['ten minutes slow', -10 * minute],
] as const) {
  test(`a member whose clock is ${how} sees the countdown turn within 100 ms of the truth`, async ({
    browser,
    server,
  }, info) => {
    const room = await TestRoom.create(server, { title: 'Clock' });
    const facilitator = await HubPerson.connect(room, await room.enter('facilitator', 'Fay'));
    const page = await room.openAsMember(browser, 'Tim', (fresh) => wrongDate(fresh, byMs));
    await facilitator.must({ type: 'timer.start', durationMs: 5 * minute });
    await expect(page.locator('sr-timer .face')).toHaveText(/^(5:00|4:5\d)$/);
    const endsAt = (await room.state(facilitator.entry.token)).timer?.endsAt ?? 0;

    const errors: number[] = [];
    const measure = async () => {
      for (const { face, at } of await turns(page, 3)) errors.push(endsAt - at - milliseconds(face));
    };
    await measure();
    // Setting the date in the middle of a session must not move the countdown either.
    await page.evaluate((ms) => window.moveDate(ms), -byMs);
    await measure();
    info.annotations.push({ type: 'errors in ms', description: errors.map((each) => each.toFixed(0)).join(', ') });
    expect(Math.max(...errors.map(Math.abs)), errors.join(', ')).toBeLessThanOrEqual(100);
    await facilitator.leave();
    await page.context().close();
  });
}
