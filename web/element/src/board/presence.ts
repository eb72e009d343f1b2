import type { BoardCaret, BoardPresence, BoardSource } from '@session-room/client/board';
import {
  createAbsolutePositionFromRelativePosition,
  createRelativePositionFromJSON,
  createRelativePositionFromTypeIndex,
  relativePositionToJSON,
  type Text as YText,
} from 'yjs';
import type { CardField } from './board-model.js';

/** More carets than this in one text are a crowd that nobody can read. */
const caretsShown = 8;

export interface Caret {
  pid: string;
  anchor: number;
  head: number;
}

/** What the others say of themselves. They may say anything: what has another shape than expected is left out. */
function* others({ awareness }: BoardSource): Generator<BoardPresence & { pid: string }> {
  for (const [client, state] of awareness.getStates() as Map<number, BoardPresence | null>)
    if (client !== awareness.clientID && typeof state?.pid === 'string') yield state as BoardPresence & { pid: string };
}

/** Who looks at which card, oneself left out. */
export function peopleOnCards(source: BoardSource, you: string | undefined): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { pid, card } of others(source)) {
    if (typeof card !== 'string' || pid === you) continue;
    const here = found.get(card) ?? [];
    if (!here.includes(pid)) found.set(card, [...here, pid]);
  }
  return found;
}

/** The others' carets in one text. */
export function caretsIn(source: BoardSource, card: string, field: CardField, text: YText): Caret[] {
  const found: Caret[] = [];
  for (const { pid, caret } of others(source)) {
    if (found.length === caretsShown) break;
    if (caret?.card !== card || caret.field !== field) continue;
    const anchor = indexOf(caret.anchor, text);
    const head = indexOf(caret.head, text);
    if (anchor !== undefined && head !== undefined) found.push({ pid, anchor, head });
  }
  return found;
}

/** One's own caret as others can place it, whatever they have written in the meantime. */
export function caretOf(card: string, field: CardField, text: YText, anchor: number, head: number): BoardCaret {
  const at = (index: number) => relativePositionToJSON(createRelativePositionFromTypeIndex(text, index)) as unknown;
  return { card, field, anchor: at(anchor), head: at(head) };
}

function indexOf(position: unknown, text: YText): number | undefined {
  try {
    const relative = createRelativePositionFromJSON(position);
    // A root's name would be looked up, and made where there is none: only the one we mean may be named.
    if (relative.tname !== null && text.doc?.share.get(relative.tname) !== (text as unknown)) return undefined;
    const absolute = createAbsolutePositionFromRelativePosition(relative, text.doc!);
    return absolute?.type === text ? absolute.index : undefined;
  } catch {
    return undefined;
  }
}

export type Piece = { text: string; selectedBy?: string } | { caret: string };

/** A text cut where carets stand and selections begin and end, in the order of reading. */
export function cut(text: string, carets: readonly Caret[]): Piece[] {
  const pieces: Piece[] = [];
  const cuts = [...new Set([0, text.length, ...carets.flatMap(({ anchor, head }) => [anchor, head])])].sort(
    (a, b) => a - b,
  );
  cuts.forEach((at, i) => {
    for (const { pid, head } of carets) if (head === at) pieces.push({ caret: pid });
    const end = cuts[i + 1];
    if (end === undefined) return;
    const selection = carets.find(({ anchor, head }) => Math.min(anchor, head) <= at && Math.max(anchor, head) >= end);
    pieces.push({ text: text.slice(at, end), selectedBy: selection?.pid });
  });
  return pieces;
}

/** One of so many hues for somebody, the same on every screen. Beside it there is always a name. */
export function hueOf(pid: string): number {
  let hash = 0;
  for (const letter of pid) hash = (hash * 31 + letter.codePointAt(0)!) >>> 0;
  return hash % 5;
}
