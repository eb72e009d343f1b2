import type { BoardModel, Card } from './board-model.js';

/** A card that is being moved and where it would be put: before the `index`-th of the column's other cards. */
export interface Moving {
  readonly id: string;
  readonly column: string;
  readonly index: number;
}

/** Which way an arrow key leads, in the direction of reading. */
export type Heading = 'earlier' | 'later' | 'before' | 'after';

export function lift(model: BoardModel, card: Card): Moving {
  const column = model.columnOf(card);
  return { id: card.id, column, index: model.cardsOf(column).indexOf(card.id) };
}

/** One step: within the column, or into the one beside it at the same height. */
export function moveBy(model: BoardModel, moving: Moving, heading: Heading): Moving {
  if (heading === 'earlier' || heading === 'later')
    return at(model, moving, moving.column, moving.index + (heading === 'later' ? 1 : -1));
  const columns = model.columns.map(({ id }) => id);
  const beside = columns[columns.indexOf(moving.column) + (heading === 'after' ? 1 : -1)];
  return beside === undefined ? moving : at(model, moving, beside, moving.index);
}

export function at(model: BoardModel, { id }: Moving, column: string, index: number): Moving {
  const most = othersOf(model, column, id).length;
  return { id, column, index: Math.max(0, Math.min(index, most)) };
}

export function othersOf(model: BoardModel, column: string, id: string): readonly string[] {
  return model.cardsOf(column).filter((each) => each !== id);
}

/** A column as it would be if the card were put down now. */
export function withMoved(model: BoardModel, column: string, moving: Moving | undefined): readonly string[] {
  if (!moving) return model.cardsOf(column);
  const others = othersOf(model, column, moving.id);
  return moving.column === column
    ? [...others.slice(0, moving.index), moving.id, ...others.slice(moving.index)]
    : others;
}
