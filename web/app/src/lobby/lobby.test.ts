import { expect, test } from 'vitest';
import { linksOf } from './links.js';
import { changeItem, emptyDraft, planOf, totalMinutes, withItem, withoutItem } from './plan.js';

test('the plan holds what was filled in, and no empty rows or texts', () => {
  let draft = changeItem({ ...emptyDraft, title: ' Review ' }, 2, { title: ' Numbers ', minutes: 15 });
  draft = changeItem(withItem(draft), 3, { title: 'Close', minutes: 5 });
  expect(totalMinutes(draft)).toBe(20);
  expect(planOf(draft)).toEqual({
    title: 'Review',
    purpose: undefined,
    agreement: undefined,
    agenda: [
      { title: 'Numbers', durationMs: 900_000 },
      { title: 'Close', durationMs: 300_000 },
    ],
    settings: { queuePolicy: 'fair', queueMode: 'open' },
  });
  expect(planOf(withoutItem(draft, 2)).agenda).toHaveLength(1);
});

test('the projector’s link opens its view and carries the members’ invite for the QR code', () => {
  const link = (invite: string) => `/r/room1#invite=${invite}`;
  const room = {
    id: 'room1',
    title: 'T',
    links: { facilitator: link('f'), member: link('m'), observer: link('o'), projector: link('p') },
  };
  expect(linksOf(room, 'https://rooms.example')).toEqual({
    facilitator: 'https://rooms.example/r/room1#invite=f',
    member: 'https://rooms.example/r/room1#invite=m',
    observer: 'https://rooms.example/r/room1#invite=o',
    projector: 'https://rooms.example/r/room1?view=projector#invite=p&join=m',
  });
});
