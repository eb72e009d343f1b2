/** What a page needs to show the room's board; loaded once the room itself is on the screen. */
import type { RoomConnection } from '@session-room/client';
import { RoomBoard } from '@session-room/client/board';
import '@session-room/element/board/sr-board.ts';

export function openBoard(connection: RoomConnection): RoomBoard {
  return new RoomBoard(connection);
}
