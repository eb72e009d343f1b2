// @vitest-environment node
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import * as whole from 'yjs';
import { slimYjs } from '../vite.slim.js';

// Inside the workspace, where the slimmed copy finds the packages that Yjs imports.
const folder = mkdtempSync(fileURLToPath(new URL('../../node_modules/.slim-', import.meta.url)));
const file = join(folder, 'yjs.mjs');
writeFileSync(file, slimYjs(readFileSync(fileURLToPath(import.meta.resolve('yjs')), 'utf8')));
const slim = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as typeof whole;

afterAll(() => rmSync(folder, { recursive: true }));

/** A document with everything in it that Yjs knows, whatever a board has use for. */
function everything() {
  const doc = new whole.Doc();
  const map = doc.getMap<unknown>('actions');
  const text = new whole.Text('formatted text');
  map.set('text', text);
  text.format(0, 4, { bold: true });
  text.insertEmbed(3, { image: 'x' });
  const element = new whole.XmlElement('p');
  element.setAttribute('class', 'c');
  element.insert(0, [new whole.XmlText('inside'), new whole.XmlHook('hook') as unknown as whole.XmlText]);
  doc.getXmlFragment('page').insert(0, [element]);
  map.set('fragment', new whole.XmlFragment());
  map.set('bytes', new Uint8Array([1, 2]));
  map.set('doc', new whole.Doc());
  doc.getArray('list').push([1, 'two', { three: 3 }, null]);
  doc.getArray('list').delete(1);
  return doc;
}

test('the slimmed Yjs keeps and passes on everything that others wrote', () => {
  const doc = everything();
  const pages = new slim.Doc();
  slim.applyUpdate(pages, whole.encodeStateAsUpdate(doc));
  pages.getText('notes').insert(0, 'ours');
  const back = new whole.Doc();
  whole.applyUpdate(back, slim.encodeStateAsUpdate(pages));
  for (const each of [doc, back]) {
    each.getXmlFragment('page');
    each.getMap('actions');
    each.getArray('list');
  }
  expect(back.getText('notes').toString()).toBe('ours');
  expect(back.getXmlFragment('page').toString()).toBe(doc.getXmlFragment('page').toString());
  expect((back.getMap('actions').get('text') as whole.Text).toDelta()).toEqual(
    (doc.getMap('actions').get('text') as whole.Text).toDelta(),
  );
  whole.applyUpdate(doc, slim.encodeStateAsUpdate(pages, whole.encodeStateVector(doc)));
  expect(whole.encodeStateVector(back)).toEqual(whole.encodeStateVector(doc));
});

test('what others formatted is edited as text', () => {
  const doc = everything();
  const pages = new slim.Doc();
  slim.applyUpdate(pages, whole.encodeStateAsUpdate(doc));
  const text = pages.getMap('actions').get('text') as whole.Text;
  const deltas: unknown[] = [];
  text.observe(({ delta }) => deltas.push(delta));
  const undo = new slim.UndoManager(text, { trackedOrigins: new Set(['own']) });
  const edit = (each: whole.Text) =>
    each.doc!.transact(() => {
      each.insert(2, 'XY');
      each.delete(8, 4);
    }, 'own');
  edit(text);
  edit(doc.getMap('actions').get('text') as whole.Text);
  expect(text.toString()).toBe(String(doc.getMap('actions').get('text')));
  expect(deltas).toHaveLength(1);
  undo.undo();
  expect(text.toString()).toBe('formatted text');
});

test('a Yjs that is another one stops the build instead of slipping through', () => {
  expect(() => slimYjs('class YText {\n}')).toThrow('Yjs has changed');
});
