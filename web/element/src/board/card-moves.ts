import type { ReactiveControllerHost } from 'lit';
import { moveCard } from './board-edits.js';
import type { BoardModel } from './board-model.js';
import type { CardItems } from './card-items.js';
import { at, lift, moveBy, othersOf, type Heading, type Moving } from './moving.js';
import type { Handle, PointerDrag } from './pointer-drag.js';
import { say } from './text.js';

export interface MovesHost extends ReactiveControllerHost, HTMLElement {
  readonly model: BoardModel | undefined;
  readonly writable: boolean;
  readonly items: CardItems;
  titleOf(id: string): string;
  nameOfColumn(id: string): string;
  announce(text: string): void;
}

/** A card on its way from one place to another, by keys or by pointer. Nobody else sees it move before it is put down. */
export class CardMoves {
  private drag?: PointerDrag;
  private current?: Moving;

  constructor(private readonly host: MovesHost) {
    // What drags is loaded when a pointer comes by; a press that is faster than it is taken up when it is there.
    host.addEventListener('pointerover', () => void this.loadDrag().catch(() => undefined), { once: true });
    host.addEventListener('pointerdown', (event) => {
      const handle = this.handleIn(event);
      if (!handle) return;
      if (this.drag) return this.drag.take(handle, event);
      const over = new AbortController();
      for (const end of ['pointerup', 'pointercancel']) host.addEventListener(end, () => over.abort(), over);
      void this.loadDrag().then((drag) => {
        if (over.signal.aborted) return;
        over.abort();
        drag.take(handle, event);
      }, over.abort.bind(over));
    });
    host.addEventListener('focusout', () => {
      // Whoever goes elsewhere in the middle of a move has not moved anything.
      if (this.current && !this.dragging && !host.items.arranging) this.put(false);
    });
  }

  get dragging(): boolean {
    return this.drag?.active === true;
  }

  private async loadDrag(): Promise<PointerDrag> {
    const { PointerDrag } = await import('./pointer-drag.js');
    return (this.drag ??= new PointerDrag(this.host, this));
  }

  get moving(): Moving | undefined {
    return this.current;
  }

  set moving(moving: Moving | undefined) {
    this.current = moving;
    this.host.requestUpdate();
  }

  /** Picks a card up for the arrow keys, or puts it down where it is by now. */
  liftOrPut(id: string): void {
    if (this.current) return this.put(true);
    const { host } = this;
    this.lift(id);
    if (!this.current) return;
    const facts = { title: host.titleOf(id), place: this.place(this.current), hint: say('move.hint') };
    host.announce(say('move.lifted', facts));
  }

  /** Moves at once, for those who neither drag nor use keys: to the end of a column, or by one. */
  moveTo(id: string, column: string): void {
    this.lift(id);
    if (this.current) this.current = at(this.host.model!, this.current, column, Infinity);
    this.put(true);
  }

  moveBy(id: string, heading: Heading): void {
    this.lift(id);
    if (this.current) this.current = moveBy(this.host.model!, this.current, heading);
    this.put(true);
  }

  /** True when the key was meant for the card that is being moved. */
  key(event: KeyboardEvent): boolean {
    const { current, host } = this;
    if (!current || !host.model) return false;
    const rtl = getComputedStyle(host).direction === 'rtl';
    const headings: Record<string, Heading> = {
      ArrowUp: 'earlier',
      ArrowDown: 'later',
      ArrowLeft: rtl ? 'after' : 'before',
      ArrowRight: rtl ? 'before' : 'after',
    };
    const heading = headings[event.key];
    if (event.key === 'Escape' && this.dragging) this.drag?.end(false);
    else if (event.key === 'Escape') this.put(false);
    else if (event.key === 'Enter' || event.key === ' ') this.put(true);
    else if (heading && !this.dragging) {
      this.moving = moveBy(host.model, current, heading);
      host.announce(this.place(this.current!));
    } else return false;
    return true;
  }

  /** What is pressed, if it is to drag from. */
  private handleIn(event: PointerEvent): Handle | undefined {
    if (event.button !== 0 || !event.isPrimary || !this.host.writable || this.current) return undefined;
    const path = event.composedPath().filter((each) => each instanceof Element);
    const until = path.findIndex((each) => each.localName === 'li');
    const handle = path.slice(0, Math.max(0, until)).find((each) => each.matches('.grip, .face'));
    return handle && { item: path[until] as HTMLElement, grip: handle.matches('.grip') };
  }

  lifted(item: HTMLElement): void {
    this.lift(this.host.items.idOf(item) ?? '');
  }

  put(down: boolean): void {
    const { current, host } = this;
    const { model } = host;
    const card = model?.cards.get(current?.id ?? '');
    this.moving = undefined;
    if (!current || !model || !card) return;
    const from = lift(model, card);
    const title = host.titleOf(card.id);
    const place = this.place(current);
    if (down && (from.column !== current.column || from.index !== current.index))
      moveCard(model, card.id, current.column, current.index);
    host.announce(down ? say('move.dropped', { title, place }) : say('move.back', { title }));
  }

  private lift(id: string): void {
    const { model } = this.host;
    const card = model?.cards.get(id);
    this.moving = card && lift(model!, card);
  }

  private place({ id, column, index }: Moving): string {
    const of = othersOf(this.host.model!, column, id).length + 1;
    return say('move.place', { n: index + 1, of, column: this.host.nameOfColumn(column) });
  }
}
