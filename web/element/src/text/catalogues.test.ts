/// <reference types="vite/client" />
import { expect, test } from 'vitest';
import { englishOf, faultsOf } from '../testing/catalogues.js';
import { en } from './en.js';
import { languages, type Language, type Translation } from './languages.js';

const parts = import.meta.glob<Record<string, Translation>>('../**/*.en.ts', { eager: true });
const english = englishOf([en, ...Object.values(parts).flatMap((part) => Object.values(part))]);
const translations = import.meta.glob<{ default: Translation }>('./catalogues/*.json', { eager: true });
const translationOf = (language: string) => translations[`./catalogues/${language}.json`]!.default;

const others = languages.filter((language) => language !== 'en');

/** Names, signs and words that the languages share. */
const alike: Partial<Record<Language, readonly string[]>> = {
  de: ['console.seat.name', 'export.md', 'people.name', 'projector.live'],
  fr: ['card.notes', 'console.timer.pause', 'intent.question', 'notes.title'],
};
const everywhere = [
  'app.name',
  'export.json',
  'console.timer.less',
  'console.timer.more',
  'ledger.less',
  'ledger.more',
];

test('every language of the menu has a catalogue, and every catalogue a language', () => {
  expect(
    Object.keys(translations)
      .map((path) => /(\w+)\.json$/.exec(path)?.[1])
      .sort(),
  ).toEqual(others.toSorted());
});

test.each(others)('the catalogue of %s says all that English says, by the rules of its language', (language) => {
  const shared = new Set([...everywhere, ...(alike[language] ?? [])]);
  expect(faultsOf(language, english, translationOf(language), shared)).toEqual([]);
});

test('English itself is well formed', () => {
  expect(faultsOf('en', english, english)).toEqual([]);
});

test('what is wrong with a catalogue is found', () => {
  const said = { a: 'One {name}', b: '{n, plural, one {# hand} other {# hands}}', c: 'Left', d: 'Plain' };
  const faults = (more: Translation, language: Language = 'ar') =>
    faultsOf(language, said, { a: '1 {name}', b: '{n, plural, other {#}}', c: 'L', d: 'P', ...more });
  expect(faults({}, 'ja')).toEqual([]);
  expect(faults({})).toEqual(['zero', 'one', 'two', 'few', 'many'].map((form) => `b: no plural form ${form}`));
  expect(faults({ b: '{n, plural, one {1} other {#}}' }, 'ja')).toEqual(['b: plural form one is never chosen']);
  expect(faults({ a: '1 {nom}' }, 'ja')[0]).toBe('a: arguments nom instead of name');
  expect(faults({ b: '{n}' }, 'ja')[0]).toBe('b: arguments n instead of n plural');
  expect(faults({ a: '{name' }, 'ja')[0]).toMatch(/^a: no message/);
  expect(faults({ c: 'Left' }, 'ja')).toEqual(['c: still English: Left']);
  expect(faults({ c: "l'eau" }, 'ja')).toEqual(['c: straight apostrophe']);
  expect(faults({ d: 'P ', e: 'new' }, 'ja')).toEqual(['not in English: e', 'd: blank at an end, or empty']);
  const french = 'no blank that holds beside ? ! ; : or inside « »';
  for (const bad of ['Là ?', 'Là?', 'Là : là', 'Là\u202f: là', '«\u202fLà »', '« Là\u202f»', 'Là ; là'])
    expect(faultsOf('fr', { d: 'Plain' }, { d: bad }), bad).toEqual([`d: ${french}`]);
  for (const good of ['Là\u202f?', 'Là\u00a0: là', '«\u202fLà\u202f»', 'Là\u202f; là'])
    expect(faultsOf('fr', { d: 'Plain' }, { d: good }), good).toEqual([]);
  expect(faultsOf('ja', said, {})).toEqual(['missing: a', 'missing: b', 'missing: c', 'missing: d']);
});

/** What is read on a button, and what it is called where that says more: whoever speaks to it says what they read. */
const named = [
  ['quiet.invite', 'quiet.invite.of'],
  ['quiet.raise', 'quiet.raise.of'],
  ['queue.admit', 'queue.admit.of'],
  ['agenda.go', 'agenda.go.of'],
] as const;

test.each(languages)('in %s a name that is only heard has the words in it that are seen', (language) => {
  const words = language === 'en' ? english : translationOf(language);
  const plain = (key: string) => words[key]!.toLocaleLowerCase(language);
  expect(named.filter(([seen, heard]) => !plain(heard).includes(plain(seen)))).toEqual([]);
});
