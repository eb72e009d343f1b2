import type { RoomCommand, RoomState } from '@session-room/client';
import type { ConsoleAct } from './console-keys.js';

export const minuteMs = 60_000;

/** The command of an act as the room stands; undefined where there is nothing to do, or something to be asked first. */
export function commandOf(act: ConsoleAct, state: RoomState, minutes: number): RoomCommand | undefined {
  const { room, queue, floor, timer } = state;
  const clock = timer?.status ?? 'idle';
  switch (act) {
    case 'start':
      return room.stage === 'live' ? undefined : { type: 'session.start' };
    case 'next':
      // The room refuses when the floor has changed hands meanwhile: two people pressing "next" skip nobody.
      return queue?.entries?.[0] && { type: 'floor.next', expect: floor?.entryId };
    case 'yield':
      return floor?.pid === undefined ? undefined : { type: 'floor.yield' };
    case 'more':
    case 'less':
      return clock === 'idle' ? undefined : { type: 'timer.extend', byMs: act === 'more' ? minuteMs : -minuteMs };
    case 'pause':
      if (clock === 'idle') return { type: 'timer.start', durationMs: minutes * minuteMs };
      return { type: clock === 'paused' ? 'timer.resume' : 'timer.pause' };
    case 'item': {
      const next = nextItem(state);
      return next && { type: 'agenda.go', itemId: next.id };
    }
    case 'queue':
      return { type: queue?.open === false ? 'queue.open' : 'queue.close' };
    default:
      return undefined;
  }
}

export function nextItem({ agenda }: RoomState) {
  const items = agenda?.items ?? [];
  return items[items.findIndex(({ id }) => id === agenda?.current) + 1];
}
