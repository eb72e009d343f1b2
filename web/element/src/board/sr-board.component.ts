import type { RoomState } from '@session-room/client';
import type { BoardSource } from '@session-room/client/board';
import { html, nothing, type PropertyValues } from 'lit';
import { property, queryAll, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { baseStyles } from '../look/base.styles.js';
import { icon } from '../look/icons.js';
import { tokenStyles } from '../look/tokens.styles.js';
import { RoomPart } from '../part.js';
import { ContextMaker } from './board-context.js';
import { addCard, removeCard } from './board-edits.js';
import type { BoardModel, Column } from './board-model.js';
import { BoardReplica } from './board-replica.js';
import { CardItems } from './card-items.js';
import { CardMoves, type MovesHost } from './card-moves.js';
import { sign } from './icons.js';
import { withMoved } from './moving.js';
import { peopleOnCards } from './presence.js';
import { boardStyles } from './sr-board.styles.js';
import { loadSheet, type CardEvent } from './sr-card.component.js';
import { say, type BoardMessageKey } from './text.js';

/** Cards of a column that come with each frame until all are there: a thousand at once would hold up the page. */
const perFrame = 12;
/** From so many on, cards out of sight are not laid out. */
const long = 40;
const nobody: readonly string[] = [];
const saidRefusals: readonly string[] = ['forbidden', 'invalid', 'too_large', 'stale'];

/**
 * The action board: columns of cards, the shared notes and the decisions, edited by everybody at once.
 * It follows a `BoardSource` and knows no server.
 */
export class SrBoardElement extends RoomPart implements MovesHost {
  static override styles = [tokenStyles, baseStyles, boardStyles];

  @property({ attribute: false }) source?: BoardSource;
  /** For a screen that many look at and nobody touches: large, nothing to press. */
  @property({ type: Boolean, reflect: true }) wall = false;
  /** The card that is talked about; a wall scrolls to it. */
  @property() pointed?: string;
  @state() private opened?: string;
  @state() private announcement = '';
  @state() private shown = perFrame;
  @queryAll('.cards') private readonly lists!: NodeListOf<HTMLElement>;
  readonly items = new CardItems();
  private here: ReadonlyMap<string, readonly string[]> = new Map();
  private scrolledTo?: string;
  private readonly contexts = new ContextMaker();
  private readonly replica = new BoardReplica(this, {
    began: () => {
      this.items.clear();
      this.close();
      this.moves.moving = undefined;
      this.shown = perFrame;
    },
    looked: () => this.showPresence(),
    // A changed card draws itself again, and the board only when cards came, went or moved.
    changed: ({ cards, order, decisions }) => {
      for (const id of cards) {
        const card = this.model?.cards.get(id);
        const item = this.items.get(id);
        if (card && item) item.card.card = card;
        if (card) continue;
        if (this.moves.moving?.id === id) this.moves.moving = undefined;
        if (this.opened === id) {
          this.close();
          this.announce(say('say.taken', { title: item?.card.card.title.slice(0, 80) || say('card.untitled') }));
        }
      }
      if (order || decisions) this.requestUpdate();
    },
  });
  private readonly moves = new CardMoves(this);
  private sheetComes?: ReturnType<typeof setTimeout>;

  constructor() {
    super();
    this.addEventListener('keydown', this.onKey);
    this.addEventListener('sr-card', this.onCard as EventListener);
  }

  get model(): BoardModel | undefined {
    return this.replica.model;
  }

  get writable(): boolean {
    return !this.wall && this.source?.status.writable === true;
  }

  titleOf(id: string): string {
    return this.model?.cards.get(id)?.title.slice(0, 80) || say('card.untitled');
  }

  nameOfColumn(id: string): string {
    return this.contexts.context?.columns.find((each) => each.id === id)?.name ?? '';
  }

  announce(text: string): void {
    this.announcement = text;
  }

  /** A facilitator has the big screen show the board, and so what they look at there. */
  private get pointing(): boolean {
    const own = this.source?.awareness.getLocalState() as { stage?: unknown } | null | undefined;
    return this.manage && own?.stage === 'board';
  }

  private get facts() {
    const { source, model, writable, wall, pointing, now } = this;
    return source && model && { source, model, writable, wall, pointing, now };
  }

  /** Something other than a property asked for a new drawing. */
  private stale?: boolean;

  override requestUpdate(...why: Parameters<RoomPart['requestUpdate']>): void {
    if (why[0] === undefined) this.stale = true;
    super.requestUpdate(...why);
  }

  /** Patches of the room come many times a second, and hardly one of them is about anything that a board shows. */
  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    const { facts } = this;
    const former = changed.get('state') as RoomState | undefined;
    if (this.stale || changed.size !== 1 || !former || !facts) return true;
    return (
      former.room.offRecord !== this.state?.room.offRecord || this.contexts.isStale(this.state?.people ?? {}, facts)
    );
  }

  private async dressForWall(): Promise<void> {
    const { boardWallStyles } = await import('./wall.styles.js');
    (this.renderRoot as ShadowRoot).adoptedStyleSheets.push(boardWallStyles.styleSheet!);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.stale = false;
    if (changed.has('source')) this.replica.follow(this.source);
    if (changed.has('wall') && this.wall) void this.dressForWall();
    if (this.writable) this.sheetComes ??= setTimeout(() => void loadSheet(), 3000);
    const { facts } = this;
    if (facts) this.contexts.renew(this.state?.people ?? {}, facts);
  }

  protected override render() {
    const { source, model, wall } = this;
    const { context } = this.contexts;
    if (!source || !model || !context) return nothing;
    const { synced, refused } = source.status;
    return html`
      ${wall ? html`<h2 class="hidden-text">${say('board.title')}</h2>` : this.head(source)}
      ${
        this.state?.room.offRecord
          ? html`<p class="strip">${icon('offRecord')}<span>${say('board.offRecord')}</span></p>`
          : nothing
      }
      ${refused ? html`<p class="refused" role="alert">${say(saidRefusals.includes(refused) ? (`refused.${refused}` as BoardMessageKey) : 'refused.other')}</p>` : nothing}
      ${synced ? nothing : html`<p class="soft small" role="status">${say('board.loading')}</p>`}
      <div
        class="columns"
        role="group"
        aria-label=${say('board.title')}
        tabindex=${this.writable ? nothing : 0}
        ?data-dragging=${this.moves.dragging}
      >
        ${repeat(
          model.columns,
          ({ id }) => id,
          (column, index) => this.column(column, index),
        )}
      </div>
      ${wall ? nothing : html`<sr-minutes .context=${context} .decisions=${model.decisions}></sr-minutes>`}
      <p class="hidden-text" role="status">${this.announcement}</p>
    `;
  }

  private head({ status }: BoardSource) {
    const { history } = this.replica;
    return html`<div class="head">
      <h2>${say('board.title')}</h2>
      <div class="tools">
        <span class="soft small" role="status"
          >${status.unsaved > 0 ? say('board.unsaved', { n: status.unsaved }) : status.synced && !status.writable ? say('board.readonly') : nothing}</span
        >
        ${
          status.writable
            ? html`<button class="small quiet" ?disabled=${!history?.canUndo()} @click=${() => this.undo()}>
                  ${sign('undo')}${say('board.undo')}
                </button>
                <button class="small quiet" ?disabled=${!history?.canRedo()} @click=${() => this.redo()}>
                  ${sign('redo')}${say('board.redo')}
                </button>`
            : nothing
        }
      </div>
    </div>`;
  }

  private column(column: Column, index: number) {
    const name = this.nameOfColumn(column.id);
    const n = withMoved(this.model!, column.id, this.moves.moving).length;
    return html`<section class="column" data-index=${index} aria-labelledby=${`c${index}`}>
      <h3 id=${`c${index}`}>
        <bdi>${name}</bdi>
        <span class="count figures" aria-hidden="true">${n}</span
        ><span class="hidden-text">, ${say('column.count', { n })}</span>
      </h3>
      <ol class="cards" role="list" ?data-long=${n > long}></ol>
      ${
        this.writable
          ? html`<form @submit=${(event: SubmitEvent) => this.add(event, column)}>
              ${icon('plus')}<input
                name="title"
                autocomplete="off"
                maxlength="500"
                dir="auto"
                placeholder=${say('column.add')}
                aria-label=${say('column.add.to', { column: name })}
              />
            </form>`
          : n === 0
            ? html`<p class="empty soft small">${say('column.empty')}</p>`
            : nothing
      }
    </section>`;
  }

  protected override updated(): void {
    const { model, source, pointed } = this;
    const { moving } = this.moves;
    const { context } = this.contexts;
    if (!model || !context || !source) return;
    this.showPresence();
    const last = model.columns.length - 1;
    const lists = model.columns.map(({ id }, index) => ({
      list: this.lists[index]!,
      cards: withMoved(model, id, moving).slice(0, this.shown),
    }));
    const lost = this.items.show(lists, (card, id, index) => {
      card.card = model.cards.get(id)!;
      card.context = context;
      card.here = this.here.get(id) ?? nobody;
      card.open = this.opened === id;
      card.lifted = moving?.id === id;
      card.pointed = pointed === id;
      card.done = index === last;
    });
    if (lost) {
      if (lost.next) lost.next.card.focusOn('face');
      else lost.list.parentElement?.querySelector<HTMLElement>('input')?.focus();
    }
    if (model.columns.some(({ id }) => model.cardsOf(id).length > this.shown))
      requestAnimationFrame(() => (this.shown += perFrame));
    if (moving && !this.moves.dragging) this.reveal(moving.id, 'nearest');
    if (this.wall && pointed !== this.scrolledTo && (!pointed || this.items.get(pointed))) {
      this.scrolledTo = pointed;
      if (pointed) this.reveal(pointed, 'center');
    }
  }

  /** Tells the cards at which somebody begins or ceases to look, and no others. */
  private showPresence(): void {
    if (!this.source) return;
    const here = peopleOnCards(this.source, this.you);
    for (const id of new Set([...this.here.keys(), ...here.keys()])) {
      const before = this.here.get(id);
      const after = here.get(id);
      const card = this.items.get(id)?.card;
      if (String(before) === String(after)) here.set(id, before!);
      else if (card) card.here = after ?? nobody;
    }
    this.here = here;
  }

  private reveal(id: string, where: 'nearest' | 'center'): void {
    this.items.get(id)?.li.scrollIntoView({ block: where, inline: where });
  }

  private undo(): void {
    if (this.replica.history?.undo()) this.announce(say('board.undone'));
  }

  private redo(): void {
    if (this.replica.history?.redo()) this.announce(say('board.redone'));
  }

  private add(event: SubmitEvent, column: Column): void {
    event.preventDefault();
    const input = (event.target as HTMLFormElement).elements.namedItem('title') as HTMLInputElement;
    const title = input.value.trim();
    if (!title || !this.model) return;
    input.value = '';
    const id = addCard(this.model, { title, column: column.id, by: this.you, at: this.now() });
    this.announce(say('say.added', { title, column: this.nameOfColumn(column.id) }));
    void this.updateComplete.then(() => this.reveal(id, 'nearest'));
  }

  private readonly onCard = (event: CardEvent): void => {
    event.stopPropagation();
    const card = (event.composedPath()[0] as unknown as { card: { id: string } }).card;
    const { id } = card;
    const { model, source } = this;
    const wish = event.detail;
    if (!model || !source) return;
    if (wish.type === 'open') this.open(id);
    else if (wish.type === 'close') this.close(true);
    else if (wish.type === 'point') {
      this.pointed = this.pointed === id ? undefined : id;
      source.present({ card: this.opened ?? this.pointed });
    } else if (wish.type === 'remove') {
      this.announce(say('say.removed', { title: this.titleOf(id) }));
      this.opened = undefined;
      source.present({ card: undefined, caret: undefined });
      removeCard(model, id);
    } else if (wish.type === 'lift') this.moves.liftOrPut(id);
    else if (wish.type === 'move') this.moves.moveTo(id, wish.column);
    else if (wish.type === 'shift') this.moves.moveBy(id, wish.heading);
  };

  private open(id: string): void {
    this.opened = id;
    this.source?.present({ card: id, caret: undefined });
    if (this.pointing) this.pointed = id;
    // A keyboard that springs up covers what somebody on a phone may only have come to read.
    const writes = this.writable && !matchMedia('(pointer: coarse)').matches;
    void this.updateComplete.then(() => this.items.get(id)?.card.focusOn(writes ? 'title' : 'close'));
  }

  private close(focus = false): void {
    const id = this.opened;
    if (id === undefined) return;
    this.opened = undefined;
    this.source?.present({ card: this.pointing ? this.pointed : undefined, caret: undefined });
    if (focus) void this.updateComplete.then(() => this.items.get(id)?.card.focusOn('face'));
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const key = event.key.toLowerCase();
    const target = event.composedPath()[0];
    if ((event.ctrlKey || event.metaKey) && !event.altKey && (key === 'z' || key === 'y')) {
      // What is still being written in a line of one's own is the browser's to undo.
      if (!this.writable || (target instanceof HTMLInputElement && target.value)) return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) this.redo();
      else this.undo();
    } else if (this.moves.key(event)) event.preventDefault();
    else if (event.key === 'Escape' && this.opened !== undefined && !event.isComposing) this.close(true);
  };
}
