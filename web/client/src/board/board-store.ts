import { newCommandId } from '../commands.js';
import type { Edit } from './push-queue.js';

/** What earlier pages left behind: the room's content as they knew it, and the edits that the room had not answered. */
export interface Kept {
  content: Uint8Array[];
  edits: Edit[];
}

const storeName = 'board';
/** So many updates are replaced by one. */
const foldAfter = 500;

type Kind = 'content' | 'edit';
type Key = [era: string, kind: Kind, page: string, number: number];

/**
 * A replica in IndexedDB, for one participant of one room. Keeping is a service and no condition: nothing here rejects,
 * and after a failure nothing is kept any more, because edits that follow on missing ones would wait in the room for
 * ever. Several pages may share a database: each writes under keys of its own, and what one of them folds away that it
 * does not know, the room still has. y-indexeddb does neither (9.0.12: a failed write is an unhandled rejection, a database
 * that another page deleted throws into the edit), and does not know which edits are saved.
 */
export class BoardStore {
  private readonly page = newCommandId();
  private made = 0;
  private unfolded = 0;
  private database: Promise<IDBDatabase | undefined>;

  constructor(
    private readonly name: string,
    private era: string,
  ) {
    this.database = open(name).catch(() => undefined);
  }

  /** Everything of this era; what other eras left is deleted. */
  async load(): Promise<Kept> {
    const { era } = this;
    const kept: Kept = { content: [], edits: [] };
    await this.write((store) => {
      deleteAllBut(era, store);
      const content = store.getAll(all(era, 'content'));
      content.onsuccess = () => (kept.content = content.result as Uint8Array[]);
      const edits = store.openCursor(all(era, 'edit'));
      edits.onsuccess = () => {
        const cursor = edits.result;
        if (!cursor) return;
        const [, , page, number] = cursor.key as Key;
        kept.edits.push({ key: [page, number], update: cursor.value as Uint8Array });
        cursor.continue();
      };
    });
    this.unfolded = kept.content.length;
    return kept;
  }

  /** The board is another one: nothing of the former is left. */
  begin(era: string): void {
    this.era = era;
    void this.write((store) => deleteAllBut(era, store));
  }

  /** `whole` is asked for when what has come together is to be folded into one. */
  addContent(update: Uint8Array, whole: () => Uint8Array): void {
    if (this.unfolded++ >= foldAfter) return this.replaceContent(whole());
    const key = this.newKey();
    void this.write((store) => store.put(own(update), key));
  }

  replaceContent(whole: Uint8Array): void {
    const { era } = this;
    const key = this.newKey();
    this.unfolded = 1;
    void this.write((store) => {
      store.delete(all(era, 'content'));
      store.put(own(whole), key);
    });
  }

  addEdits(edits: readonly Edit[]): void {
    const { era } = this;
    void this.write((store) => edits.forEach((edit) => store.put(own(edit.update), keyOf(era, edit))));
  }

  /** The room has answered them. Those that it took become content in the same step; without `update` they are only gone. */
  settle(edits: readonly Edit[], update?: Uint8Array): void {
    const { era } = this;
    const key = this.newKey();
    void this.write((store) => {
      edits.forEach((edit) => store.delete(keyOf(era, edit)));
      if (update) store.put(own(update), key);
    });
  }

  /** Ends, and what is kept stays. */
  async close(): Promise<void> {
    const { database } = this;
    this.database = Promise.resolve(undefined);
    (await database)?.close();
  }

  /** Ends, and nothing is left behind. */
  async forget(): Promise<void> {
    await this.close();
    forgetDatabase(this.name);
  }

  private newKey(): Key {
    return [this.era, 'content', this.page, this.made++];
  }

  private async write(work: (store: IDBObjectStore) => void): Promise<void> {
    try {
      const database = await this.database;
      if (!database) return;
      const transaction = database.transaction(storeName, 'readwrite');
      work(transaction.objectStore(storeName));
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
      });
    } catch {
      await this.forget();
    }
  }
}

/** Deletes what earlier pages kept: for a room to which there is no way back. */
export function forgetBoard(room: string, pid: string): void {
  forgetDatabase(databaseOf(room, pid));
}

export function databaseOf(room: string, pid: string): string {
  return `session-room/${room}/${pid}`;
}

function forgetDatabase(name: string): void {
  try {
    indexedDB.deleteDatabase(name);
  } catch {
    // No IndexedDB: nothing was kept.
  }
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName);
    request.onerror = () => reject(request.error ?? new Error('not opened'));
    request.onsuccess = () => {
      const database = request.result;
      // Another page forgets the board: it need not wait for this one.
      database.onversionchange = () => database.close();
      resolve(database);
    };
  });
}

function keyOf(era: string, { key: [page, number] }: Edit): Key {
  return [era, 'edit', page, number];
}

// An array sorts behind every string and number.
function all(era: string, kind: Kind): IDBKeyRange {
  return IDBKeyRange.bound([era, kind], [era, kind, []]);
}

function deleteAllBut(era: string, store: IDBObjectStore): void {
  store.delete(IDBKeyRange.upperBound([era], true));
  store.delete(IDBKeyRange.lowerBound([era, []], true));
}

/** Without the frame that it was cut out of, which would be kept with it. */
function own(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}
