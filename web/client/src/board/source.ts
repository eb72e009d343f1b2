import type { Awareness } from 'y-protocols/awareness';
import type { Doc } from 'yjs';
import type { RefusalCode } from '../commands.js';

/** How the replica stands to the room's. */
export interface BoardStatus {
  /** The room's content is here; before that the document is empty or old. */
  readonly synced: boolean;
  /** Local edits that the room has not answered yet; they are kept and sent again until it does. */
  readonly unsaved: number;
  /** Whether this person may edit now: their role, the agreement, and a session that has not ended. */
  readonly writable: boolean;
  /** Why the room did not take the newest edit that it refused; the replica went back to the room's content. */
  readonly refused?: RefusalCode;
}

export interface BoardListener {
  /** The board began anew: `doc` and `awareness` are other objects, and whatever was bound to the old ones is to be bound again. */
  reset?(): void;
  status?(status: BoardStatus): void;
}

/** The board as a view needs it: a Yjs document that follows the room's, and who else is there. */
export interface BoardSource {
  readonly doc: Doc;
  /** States of the others carry `pid`, and as `BoardPresence` says what they look at. One's own is set with `present`. */
  readonly awareness: Awareness;
  readonly status: BoardStatus;
  subscribe(listener: BoardListener): () => void;
  /** Changes one's own presence; a key that is undefined is taken out. */
  present(change: Partial<BoardPresence>): void;
}

/** Where a caret or a selection is; anchor and head are Yjs relative positions as JSON. */
export interface BoardCaret {
  /** Empty in the shared notes, whose field is `notes`. */
  card: string;
  field: 'title' | 'notes' | 'outcome';
  anchor: unknown;
  head: unknown;
}

export interface BoardPresence {
  /** Stamped by the server. */
  pid?: string;
  /** The action being looked at. */
  card?: string;
  caret?: BoardCaret;
  /** A facilitator's: what the projector shows. */
  stage?: 'room' | 'board';
}
