import { expect, test } from 'vitest';
import { format } from '../text/format.js';
import { boardEnglish } from './board.en.js';
import { dueInWords } from './due.js';
import { linksIn } from './links.js';

const noon = new Date(2026, 11, 10, 12).getTime();
const due = (date: string, done = false) => dueInWords(date, noon, done);

test('a due date is said as people say it, and what is over is called overdue', () => {
  expect(due('2026-12-10')).toEqual({ text: 'Due today', overdue: false });
  expect(due('2026-12-11')).toEqual({ text: 'Due tomorrow', overdue: false });
  expect(due('2026-12-14').text).toBe('Due Mon, Dec 14');
  expect(due('2028-01-05').text).toBe('Due Jan 5, 2028');
  expect(due('2026-12-09')).toEqual({ text: 'Overdue since Wed, Dec 9', overdue: true });
  expect(due('2026-12-09', true)).toEqual({ text: 'Due Wed, Dec 9', overdue: false });
});

test.each([
  ['Pacific/Kiritimati', '2026-12-10T09:59Z', '2026-12-10'],
  ['Pacific/Kiritimati', '2026-12-10T10:00Z', '2026-12-11'],
  ['Pacific/Pago_Pago', '2026-12-10T10:59Z', '2026-12-09'],
  ['Pacific/Pago_Pago', '2026-12-10T11:00Z', '2026-12-10'],
  ['America/Sao_Paulo', '2026-12-10T02:59Z', '2026-12-09'],
  ['Asia/Kathmandu', '2026-12-09T18:15Z', '2026-12-10'],
  ['Europe/Berlin', '2026-03-29T22:00Z', '2026-03-30'],
])('in %s at %s it is the %s, and what is due is due by that day', (zone, at, today) => {
  const here = process.env['TZ'];
  process.env['TZ'] = zone;
  try {
    const now = Date.parse(at);
    const after = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
    expect(dueInWords(today, now, false)).toEqual({ text: 'Due today', overdue: false });
    expect(dueInWords(after(1), now, false).text).toBe('Due tomorrow');
    expect(dueInWords(after(-1), now, false).overdue).toBe(true);
    // The day that is said is the one that was chosen, wherever it is read.
    expect(dueInWords('2027-06-01', now, false).text).toContain('Jun 1');
  } finally {
    if (here === undefined) delete process.env['TZ'];
    else process.env['TZ'] = here;
  }
});

test('addresses in a text become links, without the punctuation around them', () => {
  expect(linksIn('See https://example.org/a?b=1, or (http://x.test/y).')).toEqual([
    'See ',
    { href: 'https://example.org/a?b=1', text: 'https://example.org/a?b=1' },
    ', or (',
    { href: 'http://x.test/y', text: 'http://x.test/y' },
    ').',
  ]);
});

test.each(['javascript:alert(1)', 'data:text/html,x', 'https://', 'ftp://x.test', 'no address at all'])(
  '%s is no link',
  (text) => expect(linksIn(text)).toEqual([text]),
);

test('an address does not reach over what turns the direction of reading', () => {
  expect(linksIn('https://bank.test/\u202emoc.live')).toEqual([
    { href: 'https://bank.test/', text: 'https://bank.test/' },
    '\u202emoc.live',
  ]);
});

test('every English message of the board is well formed', () => {
  const args = new Proxy({}, { get: () => 2 }) as Record<string, number>;
  for (const [key, pattern] of Object.entries(boardEnglish))
    expect(() => format(pattern, args, 'en'), key).not.toThrow();
});
