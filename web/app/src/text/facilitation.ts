import { messages } from '@session-room/element/text/index.ts';
import { facilitationEnglish } from './facilitation.en.js';

export const { t: say, use: useFacilitationCatalogue } = messages(facilitationEnglish);
