import { messages } from '@session-room/element/text/index.ts';
import { lobbyEnglish } from './lobby.en.js';

export const { t: say } = messages(lobbyEnglish);
