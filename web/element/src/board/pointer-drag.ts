import type { ReactiveController } from 'lit';
import type { CardMoves, MovesHost } from './card-moves.js';
import { at, othersOf } from './moving.js';

/** Below this a press is a press. */
const threshold = 5;
/** A finger that rests on a card lifts it; one that moves before scrolls. */
const longPressMs = 350;
/** So near to an edge, what lies behind it scrolls in. */
const edge = 56;
const scrollStep = 12;

/** The list item that is pressed where it can be dragged from; a grip needs no long press. */
export interface Handle {
  item: HTMLElement;
  grip: boolean;
}

/** Mouse, pen and finger on a board's cards. */
export class PointerDrag implements ReactiveController {
  private press?: { item: HTMLElement; id: number; x: number; y: number; rest?: ReturnType<typeof setTimeout> };
  private start?: DOMRect;
  /** How far the columns scroll; what is dragged beyond them makes them no wider. */
  private reach = 0;
  private at = { x: 0, y: 0 };
  private swallow = false;

  constructor(
    private readonly host: MovesHost,
    private readonly cards: CardMoves,
  ) {
    host.addController(this);
    // Whatever was swallowed before, a press begins anew.
    host.addEventListener('pointerdown', () => (this.swallow = false), true);
    host.addEventListener('pointermove', this.onMove);
    host.addEventListener('pointerup', () => this.end(true));
    host.addEventListener('pointercancel', () => this.end(false));
    host.addEventListener('touchmove', this.onTouch, { passive: false });
    host.addEventListener('contextmenu', this.onTouch);
    host.addEventListener('click', this.onClick, true);
  }

  get active(): boolean {
    return this.start !== undefined;
  }

  private get strip(): Element {
    return this.host.shadowRoot!.querySelector('.columns')!;
  }

  hostDisconnected(): void {
    this.end(false);
  }

  hostUpdated(): void {
    this.follow();
  }

  end(down: boolean): void {
    clearTimeout(this.press?.rest);
    const { press } = this;
    this.press = undefined;
    if (!this.start || !press) return;
    this.start = undefined;
    cardIn(press.item).style.translate = '';
    this.cards.put(down);
  }

  take({ item, grip }: Handle, { clientX: x, clientY: y, pointerId: id, pointerType }: PointerEvent): void {
    this.press = { item, id, x, y };
    if (pointerType === 'touch' && !grip) this.press.rest = setTimeout(() => this.begin(), longPressMs);
  }

  private readonly onMove = (event: PointerEvent): void => {
    const { press } = this;
    if (!press || event.pointerId !== press.id) return;
    this.at = { x: event.clientX, y: event.clientY };
    if (!this.active) {
      if (Math.hypot(this.at.x - press.x, this.at.y - press.y) < threshold) return;
      if (press.rest !== undefined) return this.end(false);
      this.begin();
    }
    this.hover(this.at.x, this.at.y);
    this.follow();
  };

  private begin(): void {
    const { press } = this;
    if (!press) return;
    press.rest = undefined;
    this.swallow = true;
    this.at = { x: press.x, y: press.y };
    this.start = press.item.getBoundingClientRect();
    this.reach = this.strip.scrollWidth - this.strip.clientWidth;
    this.host.setPointerCapture(press.id);
    this.cards.lifted(press.item);
    requestAnimationFrame(this.scroll);
  }

  /** The pointer is here: what is lifted would be put down there. */
  private hover(x: number, y: number): void {
    const { host, cards } = this;
    const current = cards.moving;
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
      if (index >= 0) cards.moving = at(model, current, column, y < top + height / 2 ? index : index + 1);
      return;
    }
    const end = section.querySelector('.cards')!.lastElementChild?.getBoundingClientRect();
    if (!end || y > end.bottom) cards.moving = at(model, current, column, others.length);
    else if (column !== current.column) cards.moving = at(model, current, column, 0);
  }

  /** A short column reaches down to the end of the page for whoever drags below it. */
  private columnAbove(x: number): Element | undefined {
    const columns = this.host.shadowRoot?.querySelectorAll('.column') ?? [];
    return [...columns].find((each) => {
      const { left, right } = each.getBoundingClientRect();
      return x >= left && x <= right;
    });
  }

  /** The card stays under the pointer, wherever its place in the list has gone. */
  private follow(): void {
    const { press, start } = this;
    if (!press || !start) return;
    const slot = press.item.getBoundingClientRect();
    const x = this.at.x - press.x + start.left - slot.left;
    const y = this.at.y - press.y + start.top - slot.top;
    cardIn(press.item).style.translate = `${x}px ${y}px`;
  }

  private readonly scroll = (): void => {
    if (!this.active) return;
    const { x, y } = this.at;
    const down = y < edge ? -scrollStep : y > innerHeight - edge ? scrollStep : 0;
    const across = x < edge ? -scrollStep : x > innerWidth - edge ? scrollStep : 0;
    if (down) scrollBy(0, down);
    if (across && Math.abs(this.strip.scrollLeft + across) <= this.reach) this.strip.scrollBy(across, 0);
    if (down || across) {
      this.hover(x, y);
      this.follow();
    }
    requestAnimationFrame(this.scroll);
  };

  private readonly onTouch = (event: Event): void => {
    if (this.active && event.cancelable) event.preventDefault();
  };

  /** The end of a drag is no click. */
  private readonly onClick = (event: MouseEvent): void => {
    if (!this.swallow) return;
    this.swallow = false;
    event.stopPropagation();
    event.preventDefault();
  };
}

function cardIn(item: HTMLElement): HTMLElement {
  return item.firstElementChild as HTMLElement;
}
