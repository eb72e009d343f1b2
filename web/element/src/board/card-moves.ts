import type { ReactiveControllerHost } from 'lit';
import { moveCard } from './board-edits.js';
import type { BoardModel } from './board-model.js';
import type { CardItems } from './card-items.js';
import { at, lift, moveBy, othersOf, type Heading, type Moving } from './moving.js';
import { PointerDrag, type Draggable } from './pointer-drag.js';
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
export class CardMoves implements Draggable {
  readonly drag: PointerDrag;
  private current?: Moving;

  constructor(private readonly host: MovesHost) {
    this.drag = new PointerDrag(host, this);
    host.addEventListener('focusout', () => {
      // Whoever goes elsewhere in the middle of a move has not moved anything.
      if (this.current && !this.drag.active && !host.items.arranging) this.put(false);
    });
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
    if (event.key === 'Escape' && this.drag.active) this.drag.end(false);
    else if (event.key === 'Escape') this.put(false);
    else if (event.key === 'Enter' || event.key === ' ') this.put(true);
    else if (heading && !this.drag.active) {
      this.moving = moveBy(host.model, current, heading);
      host.announce(this.place(this.current!));
    } else return false;
    return true;
  }

  draggable(event: PointerEvent): { item: HTMLElement; grip: boolean } | undefined {
    if (!this.host.writable || this.current) return undefined;
    const path = event.composedPath().filter((each) => each instanceof Element);
    const until = path.findIndex((each) => each.localName === 'li');
    const handle = path.slice(0, Math.max(0, until)).find((each) => each.matches('.grip, .face'));
    return handle && { item: path[until] as HTMLElement, grip: handle.matches('.grip') };
  }

  lifted(item: HTMLElement): void {
    this.lift(this.host.items.idOf(item) ?? '');
  }

  hover(x: number, y: number): void {
    const { host, current } = this;
    const { model } = host;
    const hit = host.shadowRoot?.elementFromPoint(x, y);
    const section = hit?.closest('.column') ?? this.columnAbove(x);
    const column = model?.columns[Number(section?.getAttribute('data-index'))]?.id;
    if (!model || !current || !section || column === undefined) return;
    const others = othersOf(model, column, current.id);
    const li = hit?.closest('li');
    if (li) {
      const index = others.indexOf(host.items.idOf(li) ?? '');
      const { top, height } = li.getBoundingClientRect();
      if (index >= 0) this.moving = at(model, current, column, y < top + height / 2 ? index : index + 1);
      return;
    }
    const end = section.querySelector('.cards')!.lastElementChild?.getBoundingClientRect();
    if (!end || y > end.bottom) this.moving = at(model, current, column, others.length);
    else if (column !== current.column) this.moving = at(model, current, column, 0);
  }

  /** A short column reaches down to the end of the page for whoever drags below it. */
  private columnAbove(x: number): Element | undefined {
    const columns = this.host.shadowRoot?.querySelectorAll('.column') ?? [];
    return [...columns].find((each) => {
      const { left, right } = each.getBoundingClientRect();
      return x >= left && x <= right;
    });
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
