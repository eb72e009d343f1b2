import { messages } from '@session-room/element/text/index.ts';
import { doorEnglish } from './door.en.js';

export const { t: say, use: useDoorCatalogue } = messages(doorEnglish);
