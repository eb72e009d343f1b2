/// <reference types="vite/client" />
import { englishOf, faultsOf } from '@session-room/element/testing/catalogues.ts';
import { languages, type Language, type Translation } from '@session-room/element/text/languages.ts';
import { expect, test } from 'vitest';

const parts = import.meta.glob<Record<string, Translation>>('../**/*.en.ts', { eager: true });
const english = englishOf(Object.values(parts).flatMap((part) => Object.values(part)));
const translations = import.meta.glob<{ default: Translation }>('./catalogues/*.json', { eager: true });

/** Names and words that the languages share. */
const alike: Partial<Record<Language, readonly string[]>> = {
  de: ['lobby.minutes.unit'],
  fr: ['lobby.minutes.unit'],
  es: ['lobby.minutes.unit'],
  pt: ['lobby.item', 'lobby.minutes.unit'],
};

test.each(languages.filter((language) => language !== 'en'))(
  'the pages’ catalogue of %s says all that English says, by the rules of its language',
  (language) => {
    const shared = new Set(['app.name', ...(alike[language] ?? [])]);
    expect(faultsOf(language, english, translations[`./catalogues/${language}.json`]!.default, shared)).toEqual([]);
  },
);
