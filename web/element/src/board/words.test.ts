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
