import type { RoomState } from '@session-room/client';

/** What one item did with its time. */
export interface Account {
  id: string;
  title: string;
  plannedMs: number;
  spentMs: number;
  /** Not begun yet. */
  ahead: boolean;
  current: boolean;
  /** Taken beyond the plan; negative: given back. For the current item, what it will be at the end of its clock. */
  overMs: number;
  /** Who gave back what was taken, in the agenda's order; what nobody gave moves the session's end. */
  from: readonly { title: string; ms: number }[];
  fromEndMs: number;
}

export interface Accounts {
  items: readonly Account[];
  /** Live time that belonged to no item: borrowed like any other. */
  betweenMs: number;
  plannedMs: number;
  spentMs: number;
  borrowedMs: number;
}

/**
 * The ledger of borrowed minutes, item by item, by the same rules as the room's own sum: what an item takes beyond its
 * timebox is covered first by what others gave back, and the rest makes the session longer.
 */
export function accountsOf({ room, agenda, timer }: RoomState, now: number): Accounts {
  const ended = room.stage === 'ended';
  const items = agenda?.items ?? [];
  const running = agenda?.since !== undefined && !ended ? Math.max(0, now - agenda.since) : 0;
  const spentOn = new Map(
    items.map(({ id, spentMs = 0 }) => [id, spentMs + (id === agenda?.current ? running : 0)] as const),
  );
  const itemsMs = [...spentOn.values()].reduce((sum, ms) => sum + ms, 0);
  const spentMs = room.startedAt === undefined ? 0 : (room.endedAt ?? now) - room.startedAt;
  const betweenMs = Math.max(0, spentMs - itemsMs);

  const drafts = items.map(({ id, title, durationMs: plannedMs = 0 }) => {
    const spent = spentOn.get(id)!;
    const current = id === agenda?.current && !ended;
    const ahead = room.startedAt === undefined || (!current && spent === 0 && !ended);
    const overMs = ahead ? 0 : spent + (current ? leftOf(plannedMs - spent, id, timer, now) : 0) - plannedMs;
    return { id, title, plannedMs, spentMs: spent, ahead, current, overMs };
  });
  const given = drafts.filter(({ overMs }) => overMs < 0).map(({ title, overMs }) => ({ title, ms: -overMs }));
  return {
    items: drafts.map((draft) => ({ ...draft, ...cover(Math.max(0, draft.overMs), given) })),
    betweenMs,
    plannedMs: drafts.reduce((sum, each) => sum + each.plannedMs, 0),
    spentMs,
    borrowedMs: betweenMs + drafts.reduce((sum, { overMs }) => sum + overMs, 0),
  };
}

/** What is still to come of the current item: by its own clock, or by its plan while the clock counts something else. */
function leftOf(planned: number, id: string, timer: RoomState['timer'], now: number): number {
  const byClock = timer?.endsAt !== undefined ? timer.endsAt - now : (timer?.remainingMs ?? 0);
  return Math.max(0, timer?.itemId === id ? byClock : planned);
}

/** Takes it from what was given back, which is less afterwards. */
function cover(wanted: number, given: { title: string; ms: number }[]): Pick<Account, 'from' | 'fromEndMs'> {
  const from: { title: string; ms: number }[] = [];
  for (const each of given) {
    const ms = Math.min(wanted, each.ms);
    if (ms <= 0) continue;
    each.ms -= ms;
    wanted -= ms;
    from.push({ title: each.title, ms });
  }
  return { from, fromEndMs: wanted };
}
