import type { RoomCommand, RoomConnection, RoomState } from '@session-room/client';

/** Whoever leaves does not wait longer than this for the room's answer. */
const partingMs = 2000;

/** Gives back the floor and takes the hand down: the room does not wait for somebody who has left. */
export async function handOver(
  connection: RoomConnection,
  { room, floor, people }: RoomState,
  you: string,
): Promise<void> {
  if (room.stage === 'ended') return;
  const partings: RoomCommand[] = [];
  if (floor?.pid === you) partings.push({ type: 'floor.yield' });
  if (people[you]?.hand) partings.push({ type: 'hand.lower' });
  if (partings.length === 0) return;
  const done = Promise.all(partings.map((each) => connection.do(each)));
  await Promise.race([done, new Promise((resolve) => setTimeout(resolve, partingMs))]);
}
