import { messages } from '@session-room/element/text/index.ts';
import { roomEnglish } from './room.en.js';

export const { t: say, use: useRoomCatalogue } = messages(roomEnglish);
export type RoomMessageKey = keyof typeof roomEnglish;
