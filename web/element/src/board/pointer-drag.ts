import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Below this a press is a press. */
const threshold = 5;
/** A finger that rests on a card lifts it; one that moves before scrolls. */
const longPressMs = 350;
/** So near to an edge, what lies behind it scrolls in. */
const edge = 56;
const scrollStep = 12;

/** What is dragged and where it goes; keys do the same to it. */
export interface Draggable {
  /** The list item to be dragged from here, if this is a place to drag from; a grip needs no long press. */
  draggable(event: PointerEvent): { item: HTMLElement; grip: boolean } | undefined;
  lifted(item: HTMLElement): void;
  /** The pointer is here: what is lifted would be put down there. */
  hover(x: number, y: number): void;
  put(down: boolean): void;
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
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly cards: Draggable,
  ) {
    host.addController(this);
    host.addEventListener('pointerdown', this.onDown);
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

  private readonly onDown = (event: PointerEvent): void => {
    this.swallow = false;
    if (event.button !== 0 || !event.isPrimary) return;
    const from = this.cards.draggable(event);
    if (!from) return;
    const { clientX: x, clientY: y, pointerId: id } = event;
    this.press = { item: from.item, id, x, y };
    if (event.pointerType === 'touch' && !from.grip) this.press.rest = setTimeout(() => this.begin(), longPressMs);
  };

  private readonly onMove = (event: PointerEvent): void => {
    const { press } = this;
    if (!press || event.pointerId !== press.id) return;
    this.at = { x: event.clientX, y: event.clientY };
    if (!this.active) {
      if (Math.hypot(this.at.x - press.x, this.at.y - press.y) < threshold) return;
      if (press.rest !== undefined) return this.end(false);
      this.begin();
    }
    this.cards.hover(this.at.x, this.at.y);
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
      this.cards.hover(x, y);
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
