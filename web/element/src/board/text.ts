import { messages } from '../text/messages.js';
import { boardEnglish } from './board.en.js';

export const { t: say } = messages(boardEnglish);
export type BoardMessageKey = keyof typeof boardEnglish;
