import { messages } from '@session-room/element/text/index.ts';
import { projectorEnglish } from './projector.en.js';

export const { t: say, use: useProjectorCatalogue } = messages(projectorEnglish);
