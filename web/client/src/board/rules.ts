import { birthOf } from '../fold.js';
import type { Role, RoomState } from '../state.js';

const writers: readonly Role[] = ['facilitator', 'noteTaker', 'member'];

/** Whether the room is open to them. Until somebody has accepted the agreement, the state they get says nothing of the board. */
export function isInside(state: RoomState, pid: string | undefined): boolean {
  const person = pid === undefined ? undefined : state.people[pid];
  return person !== undefined && person.agreed !== false;
}

/** Whether the room takes this person's edits and tells the others where they are on the board. */
export function mayWrite(state: RoomState, pid: string | undefined): boolean {
  return isInside(state, pid) && writers.includes(state.people[pid!]!.role) && state.room.stage !== 'ended';
}

/** Which life of the board this is: a replica of another one is worth nothing, and its edits can no longer be saved. */
export function eraOf(epoch: string, { room }: RoomState): string {
  return `${birthOf(epoch)}/${room.boardEpoch ?? 0}`;
}
