/// <reference types="vite/client" />
import ts from 'typescript';
import { expect, test } from 'vitest';

const sources = import.meta.glob<string>(['../**/*.ts', '../../../element/src/**/*.ts', '!../../../**/*.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const spoken = /\b(?:aria-label|aria-description|aria-roledescription|title|placeholder|alt|label)="([^"]*)"/g;

/** Words that a template says by itself, in English to everybody: between its tags, or in what is read out or shown. */
function literalsIn(source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'html') {
      const { template } = node;
      const text = ts.isNoSubstitutionTemplateLiteral(template)
        ? template.text
        : [template.head, ...template.templateSpans.map(({ literal }) => literal)].map((each) => each.text).join('\0');
      const between = text.replace(/<!--[^]*?-->/g, '').replace(/<[^>]*>/g, '\0');
      const inside = [...text.matchAll(spoken)].map(([, value]) => value!);
      for (const each of [...between.split('\0'), ...inside.flatMap((value) => value.split('\0'))])
        if (/\p{L}/u.test(each)) found.push(each.trim());
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('a.ts', source, ts.ScriptTarget.Latest, true));
  return found;
}

test('no template of the pages or the element says words that are in no catalogue', () => {
  expect(Object.keys(sources).length).toBeGreaterThan(60);
  const found = Object.entries(sources).flatMap(([path, source]) =>
    literalsIn(source).map((literal) => `${path}: ${literal}`),
  );
  expect(found).toEqual([]);
});

test('every element is drawn anew when the language changes', () => {
  const found = Object.entries(sources).filter(
    ([path, source]) => /\bextends LitElement\b/.test(source) && !path.endsWith('/translated-element.ts'),
  );
  expect(found.map(([path]) => path)).toEqual([]);
});

test('words in a template are found, and nothing else is', () => {
  expect(literalsIn('html`<p class="big">${a} Hello <b title="There">${b}</b></p>`')).toEqual(['Hello', 'There']);
  expect(literalsIn('html`<i aria-label="${t(\'a\')}: ${b}">${html`<a href=${x}>· ${y}</a>`}</i>` + "words"')).toEqual(
    [],
  );
});
