import { messages } from './index.js';
import { projectorEnglish } from './projector.en.js';

export const { t: say, use: useProjectorCatalogue } = messages(projectorEnglish);
