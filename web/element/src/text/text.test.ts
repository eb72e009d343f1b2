import { expect, test } from 'vitest';
import { en } from './en.js';
import { format } from './format.js';
import { clockFace, countdownFace, roughly } from './time.js';

test('a message takes its arguments as text, and counts by the language’s own rules', () => {
  const pattern = '{n, plural, =0 {nobody} one {# person} other {# people}} in “{title}”';
  expect(format(pattern, { n: 0, title: 'A' }, 'en')).toBe('nobody in “A”');
  expect(format(pattern, { n: 1, title: '{n}' }, 'en')).toBe('1 person in “{n}”');
  expect(format(pattern, { n: 1200, title: '$&' }, 'en')).toBe('1,200 people in “$&”');
  expect(format('{n, plural, one {# odsoba} few {# osoby} other {# osób}}', { n: 3 }, 'pl')).toBe('3 osoby');
});

test('every English message is well formed', () => {
  const args = new Proxy({}, { get: () => 2 }) as Record<string, number>;
  for (const [key, pattern] of Object.entries(en)) expect(() => format(pattern, args, 'en'), key).not.toThrow();
});

test('a countdown shows a second until it is over', () => {
  expect([300_000, 299_999, 299_001, 299_000, 1, 0].map(countdownFace)).toEqual([
    '5:00',
    '5:00',
    '5:00',
    '4:59',
    '0:01',
    '0:00',
  ]);
  expect(clockFace(3_725_000)).toBe('1:02:05');
});

test('lengths are said as people say them', () => {
  expect([4000, 61_000, 4_800_000].map(roughly)).toEqual(['4 sec', '1 min', '1 hr 20 min']);
});
