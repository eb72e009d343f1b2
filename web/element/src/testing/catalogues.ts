import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { format, type Arguments } from '../text/format.js';
import type { Language, Translation } from '../text/languages.js';

/** As many as a session may count; what a language says of millions is not asked for. */
const counts = [...Array(1001).keys()];
/** Above these, every category of every language has been chosen. */
const tried = [0, 1, 2, 3, 4, 5, 10, 11, 20, 21, 100, 101, 102, 111, 1000];
/** A blank that a line may break, or none, where French has a narrow one that holds; before a colon it is as wide as others. */
const frenchBlanks = /(?:[^\u202f]|^)[?!;»]|«(?!\u202f)|(?:[^\u00a0]|^):/;
const isolates = /[\u2066-\u2069]/g;

/** Gathers the English of several parts; where two say the same key, they must say the same. */
export function englishOf(parts: readonly Record<string, string>[]): Translation {
  const all: Translation = {};
  for (const [key, text] of parts.flatMap((part) => Object.entries(part))) {
    if (key in all && all[key] !== text) throw new Error(`${key} is said in two ways: ${all[key]} / ${text}`);
    all[key] = text;
  }
  return all;
}

/** Everything that is wrong with a translation, one line each. `alike` lists what may well read as in English. */
export function faultsOf(
  language: Language,
  english: Translation,
  translation: Translation,
  alike: ReadonlySet<string> = new Set(),
): string[] {
  return [
    ...Object.keys(english)
      .filter((key) => !Object.hasOwn(translation, key))
      .map((key) => `missing: ${key}`),
    ...Object.keys(translation)
      .filter((key) => !Object.hasOwn(english, key))
      .map((key) => `not in English: ${key}`),
    ...Object.entries(translation)
      .filter(([key]) => Object.hasOwn(english, key))
      .flatMap(([key, text]) =>
        faultsIn(language, english[key]!, text, alike.has(key)).map((fault) => `${key}: ${fault}`),
      ),
  ];
}

function faultsIn(language: Language, english: string, text: string, alike: boolean): string[] {
  const found: string[] = [];
  try {
    const parsed = parse(text, { ignoreTag: true });
    const wanted = kindsOf(parse(english, { ignoreTag: true }));
    const kinds = kindsOf(parsed);
    if (String(kinds) !== String(wanted)) found.push(`arguments ${String(kinds)} instead of ${String(wanted)}`);
    found.push(...formsMissing(language, parsed), ...differences(language, text, kinds));
  } catch (error) {
    return [`no message: ${String(error)}`];
  }
  if (text.trim() !== text || text === '') found.push('blank at an end, or empty');
  // A straight one also quotes braces in ICU MessageFormat, and is no apostrophe in any of these languages.
  if (text.includes("'")) found.push('straight apostrophe');
  if (language === 'fr' && frenchBlanks.test(text)) found.push('no blank that holds beside ? ! ; : or inside « »');
  if (language !== 'en' && text === english && !alike) found.push(`still English: ${text}`);
  return found;
}

/** What a message takes, as `name` or `name plural`, sorted. */
function kindsOf(message: readonly MessageFormatElement[]): string[] {
  const found = new Set<string>();
  for (const each of message) {
    if (each.type === TYPE.literal || each.type === TYPE.pound) continue;
    if (each.type === TYPE.argument) found.add(each.value);
    else if (each.type === TYPE.plural && each.pluralType === 'cardinal') {
      found.add(`${each.value} plural`);
      for (const { value } of Object.values(each.options)) for (const kind of kindsOf(value)) found.add(kind);
    } else throw new Error('a kind of argument that the pages do not read');
  }
  return [...found].sort();
}

/** Plural forms that some count needs and that are not there, and forms that the language does not have. */
function formsMissing(language: Language, message: readonly MessageFormatElement[]): string[] {
  const rules = new Intl.PluralRules(language);
  return message.flatMap((each) => {
    if (each.type !== TYPE.plural) return [];
    const forms = Object.keys(each.options);
    const needed = new Set<string>(counts.filter((n) => !forms.includes(`=${n}`)).map((n) => rules.select(n)));
    const known: readonly string[] = rules.resolvedOptions().pluralCategories;
    return [
      ...[...needed].filter((form) => !forms.includes(form)).map((form) => `no plural form ${form}`),
      ...forms
        .filter((form) => !form.startsWith('=') && !known.includes(form))
        .map((form) => `plural form ${form} is never chosen`),
    ];
  });
}

/** Where the pages' own reading differs from that of the library that translators' tools rest on. */
function differences(language: Language, text: string, kinds: readonly string[]): string[] {
  const reference = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
  return (kinds.some((kind) => kind.endsWith(' plural')) ? tried : [1]).flatMap((n) => {
    const args: Arguments = Object.fromEntries(
      kinds.map((kind) => (kind.endsWith(' plural') ? [kind.slice(0, -' plural'.length), n] : [kind, `«${kind}»`])),
    );
    const ours = format(text, args, language).replace(isolates, '');
    const theirs = String(reference.format(args));
    return ours === theirs ? [] : [`reads “${ours}” instead of “${theirs}”`];
  });
}
