import type { BoardSource } from '@session-room/client/board';
import type { RoomState } from '@session-room/client';
import { currentLocale } from '../text/languages.js';
import { defaultColumns, type BoardModel, type Column } from './board-model.js';
import { dayHere } from './due.js';
import { say } from './text.js';

/** What all cards of a board share; another object when any of it is another. */
export interface BoardContext {
  readonly source: BoardSource;
  readonly model: BoardModel;
  readonly names: ReadonlyMap<string, string>;
  /** Who may own an action: whoever takes part, seats included. */
  readonly owners: readonly { pid: string; name: string }[];
  readonly columns: readonly { id: string; name: string }[];
  readonly writable: boolean;
  readonly wall: boolean;
  /** The big screen shows the board, and on it what this facilitator looks at. */
  readonly pointing: boolean;
  readonly now: () => number;
}

const onlookers: readonly string[] = ['projector', 'observer'];

/** Makes the context anew only when something that is drawn from it has changed: a room's state changes all the time. */
export class ContextMaker {
  context?: BoardContext;
  private key = '';

  /** True when the next context will be another one. */
  isStale(people: RoomState['people'], facts: Omit<BoardContext, 'names' | 'owners' | 'columns'>): boolean {
    return (
      facts.model !== this.context?.model || facts.source !== this.context.source || keyOf(people, facts) !== this.key
    );
  }

  renew(people: RoomState['people'], facts: Omit<BoardContext, 'names' | 'owners' | 'columns'>): BoardContext {
    if (this.context && !this.isStale(people, facts)) return this.context;
    this.key = keyOf(people, facts);
    const everybody = Object.entries(people);
    this.context = {
      ...facts,
      names: new Map(everybody.map(([pid, { name }]) => [pid, name])),
      owners: everybody
        .filter(([, { role }]) => !onlookers.includes(role))
        .map(([pid, { name }]) => ({ pid, name }))
        .sort((a, b) => a.name.localeCompare(b.name, currentLocale())),
      columns: facts.model.columns.map((column) => ({ id: column.id, name: nameOf(column) })),
    };
    return this.context;
  }
}

function keyOf(
  people: RoomState['people'],
  { writable, wall, pointing, model, now }: Omit<BoardContext, 'names' | 'owners' | 'columns'>,
): string {
  const known = Object.entries(people).map(([pid, { name, role }]) => [pid, name, role]);
  return JSON.stringify([currentLocale(), dayHere(now()), writable, wall, pointing, model.columns, known]);
}

/** A default column is named by the catalogue, any other by the board. */
function nameOf({ id, title }: Column): string {
  const known = defaultColumns.find((each) => each === id);
  return title || (known ? say(`column.${known}`) : id);
}
