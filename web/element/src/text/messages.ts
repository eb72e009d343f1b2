import { en } from './en.js';
import { format, type Arguments } from './format.js';

let locale = 'en';

/** One part's sentences: `t` looks them up, `use` puts another language in the place of English. */
export function messages<Key extends string>(english: Record<Key, string>) {
  let current = english;
  return {
    t: (key: Key, args: Arguments = {}): string => format(current[key], args, locale),
    use: (language: string, catalogue: Record<Key, string>): void => {
      locale = language;
      current = catalogue;
    },
  };
}

const parts = messages(en);
export const t = parts.t;
export const useCatalogue = parts.use;

export function currentLocale(): string {
  return locale;
}
