import { arrange, focusIn } from './arrange.js';
import type { SrCardElement } from './sr-card.component.js';

export interface CardItem {
  readonly li: HTMLLIElement;
  readonly card: SrCardElement;
}

/**
 * The cards on the page. Each keeps its element wherever it goes: moved into another column, by anybody, it takes the
 * caret of whoever writes in it along.
 */
export class CardItems {
  /** True while elements are moved about; what loses the focus then has it back at once. */
  arranging = false;
  private readonly items = new Map<string, CardItem>();

  get(id: string): CardItem | undefined {
    return this.items.get(id);
  }

  /** The card that a list item shows. */
  idOf(li: Element): string | undefined {
    return (li.firstElementChild as SrCardElement | null)?.card.id;
  }

  clear(): void {
    for (const { li } of this.items.values()) li.remove();
    this.items.clear();
  }

  /**
   * Shows these cards in these lists. Gives the list in which a focused card is gone, and the card that stands in its
   * place now, if any.
   */
  show(
    lists: readonly { list: Element; cards: readonly string[] }[],
    dress: (card: SrCardElement, id: string, list: number) => void,
  ): { list: Element; next?: CardItem } | undefined {
    const wanted = new Set(lists.flatMap(({ cards }) => cards));
    let lost: { list: Element; beside: Element | null } | undefined;
    for (const [id, { li }] of this.items) {
      if (wanted.has(id)) continue;
      if (focusIn(li)) lost = { list: li.parentElement!, beside: li.nextElementSibling ?? li.previousElementSibling };
      this.items.delete(id);
      li.remove();
    }
    this.arranging = true;
    lists.forEach(({ list, cards }, index) => {
      const lis = cards.map((id) => {
        const item = this.items.get(id) ?? this.make(id);
        dress(item.card, id, index);
        return item.li;
      });
      arrange(list, lis);
    });
    this.arranging = false;
    const next = lost?.beside ? this.items.get(this.idOf(lost.beside) ?? '') : undefined;
    return lost && { list: lost.list, next };
  }

  private make(id: string): CardItem {
    const li = document.createElement('li');
    const card = document.createElement('sr-card');
    li.append(card);
    const item = { li, card };
    this.items.set(id, item);
    return item;
  }
}
