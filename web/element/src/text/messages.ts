import { en } from './en.js';
import { format, type Arguments } from './format.js';
import { baseOf, currentLocale, translated } from './languages.js';

/** One part's sentences, in the language in use: English, which comes with the part, where there is no other. */
export function messages<Key extends string>(english: Record<Key, string>) {
  return {
    t: (key: Key, args: Arguments = {}): string => {
      const locale = currentLocale();
      const pattern = translated(key);
      return pattern === undefined
        ? format(english[key], args, baseOf(locale) === 'en' ? locale : 'en')
        : format(pattern, args, locale);
    },
  };
}

export const { t } = messages(en);
