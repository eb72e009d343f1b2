import {
  baseOf,
  currentLocale,
  directionOf,
  languageFor,
  onLanguage,
  useLanguage,
} from '@session-room/element/text/languages.ts';
import { read, storageOf, write } from '@session-room/element/store.ts';

const key = 'session-room:language';

onLanguage(() => {
  const { documentElement: page } = document;
  page.lang = currentLocale();
  page.dir = directionOf(currentLocale());
});

/** Before the page is drawn: the language that was chosen here, else the first one of the browser's that there is. */
export async function useOwnLanguage(): Promise<void> {
  const chosen = read(storageOf('localStorage'), key);
  try {
    await useLanguage(chosen ? asReadHere(chosen) : languageFor(...navigator.languages));
  } catch {
    // Where it cannot be loaded, the page is there in English.
  }
}

export async function chooseLanguage(language: string): Promise<void> {
  await useLanguage(asReadHere(language));
  write(storageOf('localStorage'), key, language);
}

/** Whoever reads Austrian German keeps the dates and numbers of Austria when they choose German. */
function asReadHere(language: string): string {
  return navigator.languages.find((each) => baseOf(each) === language) ?? language;
}
