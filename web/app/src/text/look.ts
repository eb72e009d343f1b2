import { messages } from '@session-room/element/text/index.ts';
import { lookEnglish } from './look.en.js';

export const { t: say } = messages(lookEnglish);
