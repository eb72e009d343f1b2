import { currentLocale } from '../text/languages.js';
import { say } from './text.js';

const dayMs = 86_400_000;

/**
 * A due date as it is said on a board: near ones by name, and what is over as overdue. A due date is a day of the
 * calendar, the same one for everybody; which day it is now is for each to say, by the zone in which they are.
 */
export function dueInWords(due: string, now: number, done: boolean): { text: string; overdue: boolean } {
  const days = Math.round((Date.parse(due) - Date.parse(dayHere(now))) / dayMs);
  const near = days === 0 ? 'due.today' : days === 1 ? 'due.tomorrow' : undefined;
  if (near) return { text: say(near), overdue: false };
  const overdue = days < 0 && !done;
  const date = new Intl.DateTimeFormat(currentLocale(), {
    weekday: Math.abs(days) < 7 ? 'short' : undefined,
    day: 'numeric',
    month: 'short',
    year: Math.abs(days) > 300 ? 'numeric' : undefined,
    timeZone: 'UTC',
  }).format(Date.parse(due));
  return { text: say(overdue ? 'due.over' : 'due.on', { date }), overdue };
}

/** The day on this person's own wall, `YYYY-MM-DD`. */
export function dayHere(unixMs: number): string {
  const date = new Date(unixMs);
  return new Date(unixMs - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
