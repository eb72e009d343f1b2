import type { Answer } from '@session-room/client';
import { messages } from '../text/index.js';
import { refusalsEnglish } from '../text/refusals.en.js';

const { t: say } = messages(refusalsEnglish);

/** Why the room did not do what it was asked for. */
export function refusalOf({ error }: Extract<Answer, { ok: false }>): string {
  return say(`refusal.${error.code}`);
}
