import type {
  Agenda,
  AgendaItem,
  Floor,
  Intent,
  Queue,
  QueueEntry,
  RoomCommand,
  RoomState,
} from '@session-room/client';
import { person } from '@session-room/client/fake-room';
import type { RoomPart } from '../part.js';

export { person };

/** A moment of the server's clock; the tests count from it. */
export const T: number = 1_800_000_000_000;
export const minute = 60_000;

const settings = { queuePolicy: 'fair', queueMode: 'open', speakerLimitMs: 2 * minute, graceMs: minute } as const;

/** An item of ten minutes, not begun yet. */
export const item = (id: string, change: Partial<AgendaItem> = {}): AgendaItem => ({
  id,
  title: id,
  durationMs: 10 * minute,
  spentMs: 0,
  ...change,
});

export const agenda = (items: AgendaItem[], change: Partial<Agenda> = {}): Agenda => ({
  items,
  ledger: { plannedMs: items.reduce((sum, { durationMs }) => sum + durationMs, 0), borrowedMs: 0 },
  ...change,
});

/** A hand raised now, by somebody who has spoken that often. */
export const entry = (id: string, pid: string, intent: Intent = 'topic', turns = 0, talkMs = 0): QueueEntry => ({
  id,
  pid,
  intent,
  at: T,
  pinned: false,
  why: { intent, turns, talkMs, at: T, pinned: false },
});

export const queue = (...entries: QueueEntry[]): Queue => ({ open: true, entries });

export const floor = (change: Partial<Floor> = {}): Floor => ({ held: [], ...change });

export function room(change: Partial<RoomState> = {}): RoomState {
  return {
    room: { id: 'r', title: 'Review', stage: 'live', settings },
    people: {
      fay: person('Fay', 'facilitator', { place: 'inRoom' }),
      ann: person('Ann', 'member'),
      bob: person('Bob', 'member', { place: 'inRoom', turns: 2, talkMs: 150_000 }),
    },
    agenda: agenda([]),
    timer: { status: 'idle' },
    queue: queue(),
    floor: floor(),
    ...change,
  };
}

/** Puts a part on the page as a host does, and collects what it asks the room for. */
export async function mount<P extends RoomPart>(
  part: P,
  properties: Partial<P>,
): Promise<{ part: P; orders: RoomCommand[] }> {
  const orders: RoomCommand[] = [];
  Object.assign(part, { now: (): number => T, ...properties });
  part.addEventListener('sr-command', (event) => orders.push(event.detail));
  document.body.replaceChildren(part);
  await part.updateComplete;
  return { part, orders };
}

export function text(part: RoomPart, selector = ':host'): string {
  const root = part.shadowRoot!;
  const found = selector === ':host' ? root : root.querySelector(selector);
  return (found?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

export function button(part: RoomPart, name: string): HTMLButtonElement {
  const all = [...part.shadowRoot!.querySelectorAll('button')];
  const found = all.find((each) =>
    (each.getAttribute('aria-label') ?? each.textContent ?? '').replace(/\s+/g, ' ').trim().startsWith(name),
  );
  if (!found) throw new Error(`No button "${name}" among: ${all.map((each) => each.textContent?.trim()).join(', ')}`);
  return found;
}
