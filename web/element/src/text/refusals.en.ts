/** The English of what the room would not do. ICU MessageFormat. */
export const refusalsEnglish = {
  'refusal.forbidden': 'That is not yours to do.',
  'refusal.not_agreed': 'Accept the agreement first.',
  'refusal.stale': 'The room has moved on; nothing was changed.',
  'refusal.invalid': 'That is not possible here.',
  'refusal.not_found': 'Nobody is waiting, or it is already gone.',
  'refusal.closed': 'The queue is closed.',
  'refusal.rate_limited': 'That was too fast. Try again in a moment.',
  'refusal.too_large': 'That is too long.',
  'refusal.ended': 'The session has ended.',
  'refusal.unavailable': 'The room could not take that. Try again.',
};
