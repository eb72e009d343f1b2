import type { Ending } from './connection.js';
import type { ByeMessage, ByeReason } from './wire.js';

/** A Join that is turned away for good says so in its error too, which may be read before the good-bye. */
export function goodbyeIn(error: unknown): ByeMessage | undefined {
  const reason = /HubException: (removed|expired|room_deleted)\b/.exec(String(error))?.[1];
  return reason === undefined ? undefined : { reason: reason as ByeReason };
}

/**
 * A Join refused for what it asks, or a page whose origin the room's key does not list: asking again changes neither;
 * `rate_limited` and `unavailable` pass.
 */
export function finalRefusalIn(error: unknown): Ending | undefined {
  if (/\b403\b/.test(String(error))) return 'forbidden';
  return /HubException: (too_large|not_found|forbidden|invalid)\b/.exec(String(error))?.[1] as Ending | undefined;
}

/** The room's log cannot be used now: the link is as good as before. */
export function isUnavailable(error: unknown): boolean {
  return /HubException: unavailable\b/.test(String(error));
}

/** The hub's own error, as opposed to a connection that went away under the call. */
export function isServerError(error: unknown): boolean {
  return /error occurred|HubException|Failed to invoke/i.test(String(error));
}
