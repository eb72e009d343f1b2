/** The languages there are, in the order of a menu. */
export const languages = ['en', 'de', 'fr', 'es', 'pt', 'ja', 'ar'] as const;

export type Language = (typeof languages)[number];
/** What a translator writes: ICU messages by their keys, flat. */
export type Translation = Record<string, string>;
/** Where a package's translations are, each a file of its own that nobody loads who does not read the language. */
export type Translations = Record<Exclude<Language, 'en'>, () => Promise<{ default: Translation }>>;

const packages: Translations[] = [
  {
    de: () => import('./catalogues/de.json'),
    fr: () => import('./catalogues/fr.json'),
    es: () => import('./catalogues/es.json'),
    pt: () => import('./catalogues/pt.json'),
    ja: () => import('./catalogues/ja.json'),
    ar: () => import('./catalogues/ar.json'),
  },
];
const listeners = new Set<() => void>();
let locale = 'en';
let translation: Translation = {};
/** What was asked for last, loaded or not. */
let asked = { locale };

/** Adds what another package says in these languages. Before the first `useLanguage`, it comes with that. */
export function addTranslations(more: Translations): Promise<void> {
  packages.push(more);
  return baseOf(asked.locale) === 'en' ? Promise.resolve() : useLanguage(asked.locale);
}

/**
 * The first of the wanted languages that there is, as wanted: `de-AT` is read in German, with Austrian dates and
 * numbers. English where there is none.
 */
export function languageFor(...wanted: readonly (string | null | undefined)[]): string {
  for (const each of wanted) {
    try {
      const [tag = ''] = Intl.getCanonicalLocales(each?.replaceAll('_', '-') || undefined);
      if ((languages as readonly string[]).includes(baseOf(tag))) return tag;
    } catch {
      // No language tag at all: the next one.
    }
  }
  return 'en';
}

/** Says everything on the page in this language from now on. Rejects, and changes nothing, where it cannot be loaded. */
export async function useLanguage(wanted: string): Promise<void> {
  const next = languageFor(wanted);
  const turn = (asked = { locale: next });
  const language = baseOf(next) as Language;
  const loaded = language === 'en' ? [] : await Promise.all(packages.map((each) => each[language]()));
  // Whoever chose again meanwhile does not get what came late.
  if (turn !== asked) return;
  locale = next;
  translation = Object.assign({}, ...loaded.map((each) => each.default)) as Translation;
  for (const listener of [...listeners]) listener();
}

/** Calls whenever another language is used, until the returned function is called. */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function translated(key: string): string | undefined {
  return translation[key];
}

/** The language in use with its region, as `Intl` takes it. */
export function currentLocale(): string {
  return locale;
}

export function baseOf(tag: string): string {
  return tag.split('-', 1)[0]!;
}

/** Which way a language is written, for `dir`. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  return baseOf(tag) === 'ar' ? 'rtl' : 'ltr';
}

/** The nearest `lang` around an element, through shadow roots up to the document's. */
export function languageAround(element: Element): string {
  for (let at: Element | null = element; at;) {
    const found: Element | null = at.closest('[lang]');
    if (found) return languageFor(found.getAttribute('lang'));
    const root: Node = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return 'en';
}
