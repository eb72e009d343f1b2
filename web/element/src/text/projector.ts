import { messages } from './index.js';
import { projectorEnglish } from './projector.en.js';

export const { t: say } = messages(projectorEnglish);
