import { messages } from './index.js';
import { doorEnglish } from './door.en.js';

export const { t: say } = messages(doorEnglish);
