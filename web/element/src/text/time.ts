import { currentLocale } from './languages.js';

const figures = new Map<string, Intl.NumberFormat>();

/** A whole number in the digits of the language, with at least so many of them. */
export function figure(n: number, atLeast = 1): string {
  const key = `${currentLocale()} ${atLeast}`;
  // A clock asks every second, and a format is slow to make.
  if (!figures.has(key))
    figures.set(key, new Intl.NumberFormat(currentLocale(), { minimumIntegerDigits: atLeast, useGrouping: false }));
  return figures.get(key)!.format(n);
}

/** `4:05`, or `1:04:05` from an hour on. Whole seconds, rounded towards zero; the sign is the caller's. */
export function clockFace(ms: number): string {
  const total = Math.floor(Math.max(0, ms) / 1000);
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  return hours > 0
    ? `${figure(hours)}:${figure(minutes, 2)}:${figure(seconds, 2)}`
    : `${figure(minutes)}:${figure(seconds, 2)}`;
}

/** A countdown shows a second until it is over: five minutes begin as 5:00 and end as the face turns to 0:00. */
export function countdownFace(remainingMs: number): string {
  return clockFace(Math.ceil(remainingMs / 1000) * 1000);
}

/** `45 s`, `4 min`, `1 h 20 min`: for lengths of which nobody needs the seconds. */
export function roughly(ms: number): string {
  const seconds = Math.round(Math.max(0, ms) / 1000);
  const unit = (value: number, name: 'second' | 'minute' | 'hour') =>
    new Intl.NumberFormat(currentLocale(), { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  if (seconds < 60) return unit(seconds, 'second');
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return unit(minutes, 'minute');
  const rest = minutes % 60;
  return rest === 0 ? unit(minutes / 60, 'hour') : `${unit(Math.floor(minutes / 60), 'hour')} ${unit(rest, 'minute')}`;
}

/** The time of day on this person's own wall. */
export function timeOfDay(unixMs: number): string {
  return new Intl.DateTimeFormat(currentLocale(), { hour: 'numeric', minute: '2-digit' }).format(unixMs);
}
