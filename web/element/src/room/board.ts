/** What it takes to show the room's board; loaded once the room itself is on the screen. */
import type { RoomConnection } from '@session-room/client';
import { RoomBoard } from '@session-room/client/board';
import '../board/sr-board.js';

export function openBoard(connection: RoomConnection): RoomBoard {
  return new RoomBoard(connection);
}
