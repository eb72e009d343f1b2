import { Array as YArray, Map as YMap, Text as YText, UndoManager } from 'yjs';
import type { BoardModel, CardField, Decision } from './board-model.js';
import { placeAt } from './ranks.js';

/** Origins of this person's own edits: one for typing, which undo takes back in runs, one for whole steps. */
export const typing = Symbol('typing');
export const step = Symbol('step');

/** Undo and redo of what was done here, and of nothing that came from others. The owner destroys it. */
export function ownHistory({ doc }: BoardModel): UndoManager {
  let last: unknown;
  const history = new UndoManager(
    [doc.getMap('actions'), doc.getArray('decisions'), doc.getText('notes')] as unknown as YMap<unknown>[],
    {
      trackedOrigins: new Set([typing, step]),
      captureTransaction: ({ origin }) => {
        if (origin === step || (origin === typing && origin !== last)) history.stopCapturing();
        if (origin === step || origin === typing) last = origin;
        return true;
      },
    },
  );
  return history;
}

/** 128 random bits; `crypto.randomUUID` is missing on plain http, where a room on the local network may well be. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function edit<T>({ doc }: BoardModel, change: () => T): T {
  return doc.transact(change, step);
}

function action({ doc }: BoardModel, id: string): YMap<unknown> | undefined {
  const found = doc.getMap('actions').get(id);
  return found instanceof YMap ? found : undefined;
}

/** Adds a card at the end of a column and gives its id. */
export function addCard(
  model: BoardModel,
  { title, column, by, at }: { title: string; column: string; by: string | undefined; at: number },
): string {
  const id = newId();
  edit(model, () => {
    const card = new YMap<unknown>();
    model.doc.getMap('actions').set(id, card);
    for (const field of ['title', 'notes', 'outcome'] satisfies CardField[])
      card.set(field, new YText(field === 'title' ? title : ''));
    card.set('createdBy', by);
    card.set('createdAt', Math.round(at));
    place(model, card, column, model.cardsOf(column), Infinity);
  });
  return id;
}

/** Puts a card before the `index`-th of the column's other cards. */
export function moveCard(model: BoardModel, id: string, column: string, index: number): void {
  const card = action(model, id);
  if (!card) return;
  const others = model.cardsOf(column).filter((each) => each !== id);
  edit(model, () => place(model, card, column, others, index));
}

function place(
  model: BoardModel,
  card: YMap<unknown>,
  column: string,
  siblings: readonly string[],
  index: number,
): void {
  const { rank, others } = placeAt(
    siblings.map((each) => model.cards.get(each)!.rank),
    Math.max(0, Math.min(index, siblings.length)),
  );
  // Both are written always, so that of two moves at the same moment one holds as a whole.
  card.set('column', column);
  card.set('rank', rank);
  for (const [at, rank] of others) action(model, siblings[at]!)?.set('rank', rank);
}

export function changeCard(
  model: BoardModel,
  id: string,
  change: { owner?: string | undefined; due?: string | undefined; sealed?: boolean },
): void {
  const card = action(model, id);
  if (!card) return;
  edit(model, () => {
    for (const [key, value] of Object.entries(change)) {
      if (value) card.set(key, value);
      else card.delete(key);
    }
  });
}

export function removeCard(model: BoardModel, id: string): void {
  edit(model, () => model.doc.getMap('actions').delete(id));
}

/** The text behind a field, where there is one; a card that other software wrote may have none or a plain string. */
export function textOf(model: BoardModel, id: string, field: CardField): YText | undefined {
  const text = action(model, id)?.get(field);
  return text instanceof YText ? text : undefined;
}

/** The text behind a field, made from what is shown if there was none. */
export function makeText(model: BoardModel, id: string, field: CardField): YText {
  return edit(model, () => {
    const text = textOf(model, id, field) ?? new YText(model.cards.get(id)?.[field] ?? '');
    if (!text.doc) action(model, id)?.set(field, text);
    return text;
  });
}

export function addDecision(model: BoardModel, text: string, at: number): void {
  edit(model, () => {
    const entry = new YMap<unknown>();
    model.doc.getArray('decisions').push([entry]);
    entry.set('text', text);
    entry.set('at', Math.round(at));
  });
}

export function changeDecision(model: BoardModel, { entry }: Decision, text: string): void {
  if (entry.parent) edit(model, () => entry.set('text', text));
}

export function removeDecision(model: BoardModel, { entry }: Decision): void {
  const list: YArray<unknown> = model.doc.getArray('decisions');
  const index = list.toArray().indexOf(entry);
  if (index >= 0) edit(model, () => list.delete(index));
}
