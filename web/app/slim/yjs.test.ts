import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as whole from 'yjs';
import { slim } from './index.js';

let folder: string;
let slimmed: typeof whole;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'session-room-slim-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    plugins: slim,
    build: {
      outDir: folder,
      emptyOutDir: false,
      lib: {
        entry: join(import.meta.dirname, '../../node_modules/yjs/dist/yjs.mjs'),
        formats: ['es'],
        fileName: () => 'yjs.mjs',
      },
    },
  });
  slimmed = (await import(/* @vite-ignore */ join(folder, 'yjs.mjs'))) as typeof whole;
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

/** A document with something of every kind, and the updates that made it, one an edit. */
function manifold(): { doc: whole.Doc; updates: Uint8Array[] } {
  const doc = new whole.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const fragment = doc.getXmlFragment('page');
  const element = new whole.XmlElement('p');
  fragment.insert(0, [element, new whole.XmlText('loose')]);
  element.setAttribute('class', 'a');
  element.insert(0, [new whole.XmlText('inside'), new whole.XmlHook('hook') as never]);
  const card = new whole.Map<unknown>();
  doc.getMap('actions').set('one', card);
  card.set('title', new whole.Text('Title'));
  card.set('drawing', new whole.XmlElement('svg'));
  doc.getText('notes').insert(0, 'plain and bold');
  doc.getText('notes').format(10, 4, { bold: true });
  doc.getText('notes').insertEmbed(3, { image: 1 });
  doc.getArray('list').push([1, 'two', { three: 3 }, new Uint8Array([4])]);
  doc.getText('notes').delete(2, 5);
  element.delete(0, 1);
  fragment.delete(1, 1);
  return { doc, updates };
}

test('what other software wrote is kept and passed on by the pages’ Yjs, in whatever order it came', () => {
  const { doc, updates } = manifold();
  const orders = [updates, [...updates].reverse(), [...updates.slice(5), ...updates.slice(0, 5)]];
  for (const order of orders) {
    const page = new slimmed.Doc();
    for (const update of order) slimmed.applyUpdate(page, update);
    expect(slimmed.encodeStateVector(page)).toEqual(whole.encodeStateVector(doc));
    const copy = new whole.Doc();
    whole.applyUpdate(copy, slimmed.encodeStateAsUpdate(page));
    for (const root of ['actions', 'notes', 'list', 'page'] as const) {
      const read = (from: whole.Doc) =>
        root === 'page'
          ? from.getXmlFragment(root).toString()
          : root === 'notes'
            ? from.getText(root).toDelta()
            : root === 'list'
              ? from.getArray(root).toJSON()
              : from.getMap(root).toJSON();
      expect(read(copy)).toEqual(read(doc));
    }
  }
});

test('an update that came too early is passed on and read once the one before it is there', () => {
  const { doc, updates } = manifold();
  const page = new slimmed.Doc();
  for (const update of updates.slice(1)) slimmed.applyUpdate(page, update);
  const passedOn = slimmed.encodeStateAsUpdate(page);
  const merged = slimmed.mergeUpdates([...updates.slice(1)].reverse());
  for (const early of [passedOn, merged]) {
    const copy = new whole.Doc();
    whole.applyUpdate(copy, early);
    whole.applyUpdate(copy, updates[0]!);
    expect(copy.getXmlFragment('page').toString()).toBe(doc.getXmlFragment('page').toString());
    expect(copy.getText('notes').toDelta()).toEqual(doc.getText('notes').toDelta());
  }
});

test('what is undone on a page is undone for others', () => {
  const page = new slimmed.Doc();
  const history = new slimmed.UndoManager([page.getMap('actions')]);
  const card = new slimmed.Map<unknown>();
  page.getMap('actions').set('one', card);
  card.set('title', new slimmed.Text('Title'));
  history.stopCapturing();
  page.getMap('actions').delete('one');
  const read = () => {
    const copy = new whole.Doc();
    whole.applyUpdate(copy, slimmed.encodeStateAsUpdate(page));
    return copy.getMap('actions').toJSON();
  };
  expect(read()).toEqual({});
  history.undo();
  expect(read()).toEqual({ one: { title: 'Title' } });
});
