import type { SrBoardElement } from '../board/sr-board.component.js';
import type { SrBoardTextElement } from '../board/sr-board-text.component.js';
import type { SrCardElement } from '../board/sr-card.component.js';
import { addCard } from '../board/board-edits.js';
import { BoardModel } from '../board/board-model.js';
import '../board/sr-board.js';
import { TestBoard } from './board.js';
import { mount, room, T, text } from './room.js';

/** A board on the page as Ann has it, and the same board as Bob has it elsewhere. */
export class BoardPage {
  readonly board: SrBoardElement = document.createElement('sr-board');
  readonly mine: TestBoard;
  readonly theirs: TestBoard;
  /** What Bob sees and changes. */
  readonly model: BoardModel;

  constructor() {
    [this.mine, this.theirs] = TestBoard.pair('ann', 'bob');
    this.model = new BoardModel(this.theirs.doc);
  }

  async show(more: Partial<SrBoardElement> = {}): Promise<void> {
    await mount(this.board, { state: room(), you: 'ann', source: this.mine, ...more });
    await this.settle();
  }

  async settle(): Promise<void> {
    await this.board.updateComplete;
    await Promise.all(this.cards.map(({ updateComplete }) => updateComplete));
    await Promise.all(this.texts.map(({ updateComplete }) => updateComplete));
  }

  /** Bob adds a card. */
  add(title: string, column = 'todo'): string {
    return addCard(this.model, { title, column, by: 'bob', at: T });
  }

  get root(): ShadowRoot {
    return this.board.shadowRoot!;
  }

  get cards(): SrCardElement[] {
    return [...this.root.querySelectorAll('sr-card')];
  }

  get texts(): SrBoardTextElement[] {
    return this.cards.flatMap((card) => [...(card.shadowRoot?.querySelectorAll('sr-board-text') ?? [])]);
  }

  get announced(): string {
    return text(this.board, 'p.hidden-text');
  }

  titles(column: number): string[] {
    return [...this.root.querySelectorAll('.cards')[column]!.querySelectorAll('sr-card')].map(({ card }) => card.title);
  }

  cardOf(title: string): SrCardElement {
    return this.cards.find(({ card }) => card.title === title)!;
  }

  inCard<E extends Element = HTMLElement>(title: string, selector: string): E & HTMLElement {
    return this.cardOf(title).shadowRoot!.querySelector<E & HTMLElement>(selector)!;
  }

  async open(title: string): Promise<void> {
    this.inCard(title, '.face').click();
    await this.settle();
    await this.settle();
  }

  area(title: string, field: string): HTMLTextAreaElement {
    return this.inCard<SrBoardTextElement>(title, `sr-board-text.${field}`).shadowRoot!.querySelector('textarea')!;
  }

  /** Writes into the line under a column and presses Enter. */
  enter(title: string, column = 0): HTMLInputElement {
    const line = this.root.querySelectorAll<HTMLInputElement>('form input')[column]!;
    line.value = title;
    line.form!.dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
    return line;
  }
}

export function press(target: EventTarget, key: string, more: KeyboardEventInit = {}): void {
  const how = { key, bubbles: true, composed: true, cancelable: true, ...more };
  target.dispatchEvent(new KeyboardEvent('keydown', how));
}

export function type(into: HTMLTextAreaElement, value: string): void {
  into.value = value;
  into.setSelectionRange(value.length, value.length);
  into.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}
