import { afterEach, expect, test } from 'vitest';
import '../parts.js';
import { mount, room, text } from '../testing/room.js';
import { format } from './format.js';
import { addTranslations, currentLocale, directionOf, languageAround, languageFor, useLanguage } from './languages.js';
import { t } from './messages.js';
import { clockFace } from './time.js';

afterEach(() => useLanguage('en'));

test('the first wanted language that there is counts, with its region', () => {
  expect(languageFor('de-AT', 'fr')).toBe('de-AT');
  expect(languageFor('nl', 'pt_br')).toBe('pt-BR');
  expect(languageFor(undefined, null, '', 'no language', 'nl')).toBe('en');
  expect(['ar-EG', 'he', 'ja'].map(directionOf)).toEqual(['rtl', 'ltr', 'ltr']);
});

test('what is on the page is drawn anew in another language, and what was away when it comes back', async () => {
  const queue = document.createElement('sr-queue');
  const away = document.createElement('sr-agenda');
  await mount(away, { state: room() });
  away.remove();
  await mount(queue, { state: room() });
  expect(text(queue, 'h2')).toBe('Speaking queue');
  await useLanguage('de-AT');
  await queue.updateComplete;
  expect(text(queue, 'h2')).toBe('Redeliste');
  expect(currentLocale()).toBe('de-AT');
  document.body.append(away);
  await away.updateComplete;
  expect(text(away, 'h2')).toBe('Tagesordnung');
});

test('whoever chooses twice gets the second', async () => {
  await Promise.all([useLanguage('ja'), useLanguage('fr')]);
  expect(t('queue.title')).toBe('File de parole');
  await Promise.all([useLanguage('ja'), useLanguage('en')]);
  expect(t('queue.title')).toBe('Speaking queue');
});

test('a part reads the language around it, out of its shadow too', () => {
  const host = document.createElement('div');
  host.lang = 'fr-CA';
  document.body.append(host);
  const inner = document.createElement('p');
  host.attachShadow({ mode: 'open' }).append(inner);
  expect(languageAround(inner)).toBe('fr-CA');
  host.lang = 'nl';
  expect(languageAround(inner)).toBe('en');
  host.remove();
});

test('a name does not turn the sentence that it stands in', () => {
  expect(format('Admit {name}', { name: 'Ann' }, 'en')).toBe('Admit Ann');
  expect(format('Admit {name}', { name: 'ليلى' }, 'en')).toBe('Admit \u2068ليلى\u2069');
  expect(format('قبول {name}', { name: 'Ann' }, 'ar')).toBe('قبول \u2068Ann\u2069');
});

test('a clock has the digits of the language', async () => {
  await useLanguage('ar-EG');
  expect(clockFace(65_000)).toBe('١:٠٥');
});

test('what another package says is there when it comes later, and English where it cannot be loaded', async () => {
  await useLanguage('es');
  const more = (load: () => Promise<{ default: Record<string, string> }>) =>
    addTranslations({ de: load, fr: load, es: load, pt: load, ja: load, ar: load });
  await more(() => Promise.resolve({ default: { 'queue.title': 'Cola' } }));
  expect(t('queue.title')).toBe('Cola');
  await useLanguage('en');
  await more(() => Promise.reject(new Error('offline')));
  await expect(useLanguage('pt')).rejects.toThrow('offline');
  expect(currentLocale()).toBe('en');
  expect(t('queue.title')).toBe('Speaking queue');
});
