import { messages } from './index.js';
import { facilitationEnglish } from './facilitation.en.js';

export const { t: say } = messages(facilitationEnglish);
