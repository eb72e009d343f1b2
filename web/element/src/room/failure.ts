import { HttpRefusal } from '@session-room/client';
import type { LiveSession } from './live-session.js';
import { say } from '../text/room.js';

/** Why joining or calling did not work, in words for whoever tried. */
export function failureOf(error: unknown): string {
  if (!(error instanceof HttpRefusal)) throw error;
  if (error.status === 0) return say('join.failed.offline');
  if (error.status === 404) return say('join.failed.room');
  if (error.status === 401 || error.status === 403) return say('join.failed.invite');
  return say('join.failed.other', { reason: error.message });
}

/** What the door says of the last attempt. */
export function whyNotIn({ status, refusal }: LiveSession): string {
  if (status.phase === 'refused') return say('join.failed.origin');
  return refusal ? failureOf(refusal) : '';
}
