import type { RoomState } from '@session-room/client';

/** What the room's order of speaking means to somebody now. */
export type Turn = 'floor' | 'next' | 'waiting' | undefined;

export function turnOf({ floor, queue, people }: RoomState, pid: string | undefined): Turn {
  if (pid === undefined) return undefined;
  if (floor?.pid === pid) return 'floor';
  if (queue?.entries?.[0]?.pid === pid) return 'next';
  return people[pid]?.hand && 'waiting';
}
