import type { QueueEntry, QueuePolicy } from '@session-room/client';
import { t } from '../text/messages.js';
import { roughly, timeOfDay } from '../text/time.js';

/** What placed an entry, in words, strongest reason first. `yours` speaks to the person whose entry it is. */
export function whyInWords(entry: QueueEntry, policy: QueuePolicy, yours = false): string {
  const why = entry.why ?? {};
  if (entry.pinned || why.pinned) return t(yours ? 'why.yours.pinned' : 'why.pinned');
  const intent = why.intent ?? entry.intent;
  if (intent === 'order') return t('why.order');
  const reasons = [
    intent === 'question' ? t('why.question') : intent === 'reply' ? t('why.reply') : '',
    placed(entry, policy, yours),
  ];
  return reasons.filter(Boolean).join(' · ');
}

function placed(entry: QueueEntry, policy: QueuePolicy, yours: boolean): string {
  const { turns = 0, talkMs = 0, at = entry.at } = entry.why ?? {};
  if (policy === 'round') return t('why.round');
  if (policy === 'fifo') return t('why.time', { time: timeOfDay(at) });
  if (turns === 0) return t(yours ? 'why.yours.first' : 'why.first');
  const words = yours ? ('why.yours.turns' as const) : ('why.turns' as const);
  return talkMs < 1000 ? t(`${words}.brief`, { n: turns }) : t(words, { n: turns, talk: roughly(talkMs) });
}
