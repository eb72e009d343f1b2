import { directionOf } from './languages.js';

export type Arguments = Record<string, string | number>;

/** Letters that run from right to left, and controls that turn the direction. */
const turning = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]/;

/**
 * Fills a message: the part of ICU MessageFormat that the catalogue uses, `{name}` and
 * `{n, plural, =0 {none} one {# turn} other {# turns}}`. What is filled in is text and never markup.
 */
export function format(pattern: string, args: Arguments, locale: string): string {
  let out = '';
  for (let i = 0; i < pattern.length;) {
    if (pattern[i] !== '{') {
      out += pattern[i++];
      continue;
    }
    const end = closing(pattern, i);
    out += fill(pattern.slice(i + 1, end), args, locale);
    i = end + 1;
  }
  return out;
}

function fill(inside: string, args: Arguments, locale: string): string {
  const [name = '', kind, ...rest] = inside.split(',');
  const value = args[name.trim()];
  if (kind === undefined) return value === undefined ? `{${inside}}` : show(value, locale);
  if (kind.trim() !== 'plural') throw new Error(`Unknown message argument kind: ${kind}`);
  const count = Number(value);
  const forms = choices(rest.join(','));
  const form =
    forms.get(`=${count}`) ?? forms.get(new Intl.PluralRules(locale).select(count)) ?? forms.get('other') ?? '';
  return format(form.replaceAll('#', show(count, locale)), args, locale);
}

function show(value: string | number, locale: string): string {
  if (typeof value === 'number') return value.toLocaleString(locale);
  // Between isolates, a name written the other way does not turn the sentence around it.
  return turning.test(value) || (directionOf(locale) === 'rtl' && value) ? `\u2068${value}\u2069` : value;
}

function choices(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (let i = text.indexOf('{'), from = 0; i >= 0; i = text.indexOf('{', from)) {
    const end = closing(text, i);
    found.set(text.slice(from, i).trim(), text.slice(i + 1, end));
    from = end + 1;
  }
  return found;
}

function closing(text: string, opening: number): number {
  for (let i = opening, depth = 0; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  throw new Error(`Unclosed brace in message: ${text}`);
}
