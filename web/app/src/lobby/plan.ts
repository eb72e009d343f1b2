import type { QueueMode, QueuePolicy, RoomPlan } from '@session-room/client';

export interface PlannedItem {
  /** Tells rows apart while they are edited; it never leaves the page. */
  row: number;
  title: string;
  minutes: number;
}

/** What is typed into the form before a room exists. */
export interface Draft {
  title: string;
  purpose: string;
  agreement: string;
  queuePolicy: QueuePolicy;
  queueMode: QueueMode;
  items: readonly PlannedItem[];
}

export const emptyDraft: Draft = {
  title: '',
  purpose: '',
  agreement: '',
  queuePolicy: 'fair',
  queueMode: 'open',
  items: [
    { row: 1, title: '', minutes: 5 },
    { row: 2, title: '', minutes: 15 },
  ],
};

export function withItem(draft: Draft): Draft {
  const row = Math.max(0, ...draft.items.map((item) => item.row)) + 1;
  return { ...draft, items: [...draft.items, { row, title: '', minutes: 10 }] };
}

export function withoutItem(draft: Draft, row: number): Draft {
  return { ...draft, items: draft.items.filter((item) => item.row !== row) };
}

export function changeItem(draft: Draft, row: number, change: Partial<PlannedItem>): Draft {
  return { ...draft, items: draft.items.map((item) => (item.row === row ? { ...item, ...change } : item)) };
}

export function totalMinutes(draft: Draft): number {
  return named(draft).reduce((sum, { minutes }) => sum + minutes, 0);
}

/** What the server is asked for: rows without a title are not part of the plan, nor are empty texts. */
export function planOf(draft: Draft): RoomPlan {
  const text = (value: string) => value.trim() || undefined;
  return {
    title: draft.title.trim(),
    purpose: text(draft.purpose),
    agreement: text(draft.agreement),
    agenda: named(draft).map(({ title, minutes }) => ({ title: title.trim(), durationMs: minutes * 60_000 })),
    settings: { queuePolicy: draft.queuePolicy, queueMode: draft.queueMode },
  };
}

function named(draft: Draft): PlannedItem[] {
  return draft.items.filter(({ title }) => title.trim() !== '');
}
