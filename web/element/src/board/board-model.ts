import { Map as YMap, Text as YText, type AbstractType, type Doc, type YEvent, type YMapEvent } from 'yjs';

/** A board without columns of its own has these; the catalogue names them. */
export const defaultColumns = ['todo', 'doing', 'done'] as const;
export type CardField = 'title' | 'notes' | 'outcome';

export interface Column {
  readonly id: string;
  /** Empty where the board gives none. */
  readonly title: string;
}

export interface Card {
  readonly id: string;
  readonly title: string;
  readonly notes: string;
  readonly outcome: string;
  readonly owner?: string;
  /** `YYYY-MM-DD`. */
  readonly due?: string;
  readonly column: string;
  readonly rank: string;
  readonly sealed: boolean;
}

export interface Decision {
  /** What an edit of this decision is made on; its place in the list may be another one by then. */
  readonly entry: YMap<unknown>;
  readonly text: string;
  readonly at?: number;
}

export interface BoardChange {
  /** Cards that read differently now, came or went. */
  readonly cards: ReadonlySet<string>;
  /** Which cards stand where, or what the columns are. */
  readonly order: boolean;
  readonly decisions: boolean;
}

/**
 * A board's document read into plain immutable data. The document holds what anybody wrote: whatever has another shape
 * than expected reads as missing. A change of one card replaces that card's object and leaves the others' as they are.
 */
export class BoardModel {
  columns: readonly Column[] = [];
  decisions: readonly Decision[] = [];
  private readonly read = new Map<string, Card>();
  private order = new Map<string, readonly string[]>();
  private readonly listeners = new Set<(change: BoardChange) => void>();
  private readonly roots;

  constructor(readonly doc: Doc) {
    this.roots = {
      actions: doc.getMap('actions'),
      columns: doc.getArray('columns'),
      decisions: doc.getArray('decisions'),
    };
    for (const id of this.roots.actions.keys()) this.readCard(id);
    this.arrange();
    this.readDecisions();
    this.roots.actions.observeDeep(this.onActions);
    this.roots.columns.observeDeep(this.onColumns);
    this.roots.decisions.observeDeep(this.onDecisions);
  }

  destroy(): void {
    this.roots.actions.unobserveDeep(this.onActions);
    this.roots.columns.unobserveDeep(this.onColumns);
    this.roots.decisions.unobserveDeep(this.onDecisions);
    this.listeners.clear();
  }

  get cards(): ReadonlyMap<string, Card> {
    return this.read;
  }

  /** The shared notes. */
  get notes(): YText {
    return this.doc.getText('notes');
  }

  /** The cards of a column, in order. */
  cardsOf(column: string): readonly string[] {
    return this.order.get(column) ?? [];
  }

  /** The column that shows the card: the first one where its own is none. */
  columnOf({ column }: Card): string {
    return this.order.has(column) ? column : this.columns[0]!.id;
  }

  subscribe(listener: (change: BoardChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private readonly onActions = (events: YEvent<AbstractType<unknown>>[]): void => {
    const cards = new Set<string>();
    for (const event of events) {
      if (event.path.length > 0) cards.add(String(event.path[0]));
      else for (const id of (event as YMapEvent<unknown>).keysChanged) cards.add(id);
    }
    let order = false;
    for (const id of cards) {
      const before = this.read.get(id);
      const after = this.readCard(id);
      if (before?.column !== after?.column || before?.rank !== after?.rank || !before !== !after) order = true;
    }
    if (order) this.arrange();
    this.tell({ cards, order, decisions: false });
  };

  private readonly onColumns = (): void => {
    this.arrange();
    this.tell({ cards: new Set(), order: true, decisions: false });
  };

  private readonly onDecisions = (): void => {
    this.readDecisions();
    this.tell({ cards: new Set(), order: false, decisions: true });
  };

  private tell(change: BoardChange): void {
    for (const listener of this.listeners) listener(change);
  }

  private readCard(id: string): Card | undefined {
    const action = this.roots.actions.get(id);
    if (!(action instanceof YMap)) {
      this.read.delete(id);
      return undefined;
    }
    const due = action.get('due');
    const card: Card = {
      id,
      title: textIn(action.get('title')),
      notes: textIn(action.get('notes')),
      outcome: textIn(action.get('outcome')),
      owner: textIn(action.get('owner')) || undefined,
      due: typeof due === 'string' && isDate(due) ? due : undefined,
      column: textIn(action.get('column')),
      rank: textIn(action.get('rank')),
      sealed: action.get('sealed') === true,
    };
    this.read.set(id, card);
    return card;
  }

  private arrange(): void {
    const columns = new Map<string, Column>();
    for (const each of this.roots.columns) {
      const id = each instanceof YMap ? textIn(each.get('id')) : '';
      if (id && !columns.has(id)) columns.set(id, { id, title: textIn((each as YMap<unknown>).get('title')) });
    }
    if (columns.size === 0) for (const id of defaultColumns) columns.set(id, { id, title: '' });
    this.columns = [...columns.values()];
    const order = new Map(this.columns.map(({ id }): [string, Card[]] => [id, []]));
    const first = order.get(this.columns[0]!.id)!;
    for (const card of this.read.values()) (order.get(card.column) ?? first).push(card);
    this.order = new Map([...order].map(([id, cards]) => [id, cards.sort(byRank).map((card) => card.id)]));
  }

  private readDecisions(): void {
    this.decisions = this.roots.decisions.toArray().flatMap((entry) => {
      if (!(entry instanceof YMap)) return [];
      const at: unknown = entry.get('at');
      return [{ entry, text: textIn(entry.get('text')), at: typeof at === 'number' ? at : undefined }];
    });
  }
}

function byRank(a: Card, b: Card): number {
  return a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : 1;
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : value instanceof YText ? value.toString() : '';
}

/** A day that there is: 30 February is none. */
function isDate(due: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(due)) return false;
  const parsed = new Date(`${due}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(due);
}
