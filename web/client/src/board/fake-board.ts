import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { applyUpdate, decodeUpdate, Doc, encodeStateAsUpdate, encodeStateVector, mergeUpdates, type Item } from 'yjs';
import type { Answer, RefusalCode } from '../commands.js';
import type { LinkListener } from '../link.js';
import type { Bytes, JoinAnswer, JoinRequest } from '../wire.js';
import { unpack } from './bytes.js';

/**
 * The server's half of a board for tests, on a real replica. All links belong to one participant; the others are
 * `edit`, an edit by somebody else, and `ben`, who looks at the board too.
 */
export class FakeBoard {
  doc = new Doc();
  n = 0;
  /** Numbers up to this one can no longer be answered one by one. */
  trimmed = 0;
  pushes: Uint8Array[] = [];
  /** What the next pushes are answered with, without effect. */
  refusals: RefusalCode[] = [];
  /** Set to drop the link after a push took effect and before it is answered. */
  loseAnswers = false;
  /** What happens to the room while the next push is under way. */
  meanwhile?: () => void;
  readonly ben = new Awareness(new Doc());
  awareMessages = 0;
  private log: { n: number; update: Uint8Array }[] = [];
  private readonly links = new Set<LinkListener>();
  private somebody!: Doc;

  constructor() {
    this.record();
    this.ben.on('update', (_: unknown, origin: unknown) => {
      if (origin === 'local') this.showBen();
    });
  }

  join({ board, n, skipBoard }: JoinRequest, link: LinkListener): Partial<JoinAnswer> {
    this.links.delete(link);
    if (skipBoard) return {};
    this.links.add(link);
    if (n === undefined) {
      const missing = board && encodeStateVector(this.doc);
      return {
        n: this.n,
        board: encodeStateAsUpdate(this.doc, board === undefined ? undefined : unpack(board)),
        missing,
      };
    }
    if (n < this.trimmed) return { n: this.n };
    const since = this.log.filter((each) => each.n > n).map(({ update }) => update);
    return { n: this.n, board: since.length > 0 ? mergeUpdates(since) : new Uint8Array([0, 0]) };
  }

  whole(): { n: number; board: Uint8Array } {
    return { n: this.n, board: encodeStateAsUpdate(this.doc) };
  }

  leave(link: LinkListener): void {
    this.links.delete(link);
  }

  /** Undefined where the answer is lost on the way. */
  push(packed: Bytes, link: LinkListener): Answer | undefined {
    const update = unpack(packed);
    this.pushes.push(update);
    const code = this.refusals.shift() ?? (this.writesAsAnother(update) ? 'forbidden' : undefined);
    if (code) return { ok: false, seq: 0, error: { code, message: code } };
    const { meanwhile } = this;
    this.meanwhile = undefined;
    meanwhile?.();
    applyUpdate(this.doc, update, link);
    if (!this.loseAnswers) return { ok: true, seq: 0 };
    this.loseAnswers = false;
    return undefined;
  }

  aware(update: Bytes): void {
    this.awareMessages++;
    applyAwarenessUpdate(this.ben, unpack(update), 'room');
  }

  showBen(): void {
    for (const link of this.links) link.aware(encodeAwarenessUpdate(this.ben, [this.ben.clientID]));
  }

  edit(change: (doc: Doc) => void): void {
    change(this.somebody);
  }

  /** Puts another document in the place of this one: a lost log, or what was written off the record thrown away. */
  replace(doc: Doc): void {
    this.doc = doc;
    this.log = [];
    this.trimmed = this.n;
    this.record();
  }

  private record(): void {
    const { doc } = this;
    const somebody = (this.somebody = new Doc());
    applyUpdate(somebody, encodeStateAsUpdate(doc));
    somebody.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== doc) applyUpdate(doc, update, somebody);
    });
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      this.n++;
      this.log.push({ n: this.n, update });
      for (const link of this.links) if (link !== origin) link.board({ n: this.n, update });
      if (origin !== somebody) applyUpdate(somebody, update, doc);
    });
  }

  private writesAsAnother(update: Uint8Array): boolean {
    return decodeUpdate(update).structs.some((struct) => (struct as Item).id.client === this.somebody.clientID);
  }
}
