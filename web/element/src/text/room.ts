import { messages } from './index.js';
import { roomEnglish } from './room.en.js';

export const { t: say } = messages(roomEnglish);
export type RoomMessageKey = keyof typeof roomEnglish;
