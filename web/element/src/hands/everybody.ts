import type { RoomState } from '@session-room/client';
import { html, nothing } from 'lit';
import { icon } from '../look/icons.js';
import { intentName } from '../look/intent.js';
import { t } from '../text/messages.js';

/** Every raised hand, in the order in which they went up: for a screen that a room looks at. */
export function everybody(state: RoomState) {
  const raised = Object.entries(state.people)
    .filter(([, person]) => person.hand)
    .sort(([, a], [, b]) => (a.hand?.at ?? 0) - (b.hand?.at ?? 0));
  return html`
    <div class="head">
      <h2>${t('hands.all')}</h2>
      <span class="soft small">${raised.length > 0 ? t('hands.count', { n: raised.length }) : t('hands.none')}</span>
    </div>
    <ul class="raised">
      ${raised.map(([, { name, hand }]) =>
        hand
          ? html`<li>
              <span data-intent=${hand.intent}
                >${icon(hand.intent)}<span class="hidden-text">${intentName(hand.intent)}:</span></span
              >
              <bdi>${name}</bdi>
            </li>`
          : nothing,
      )}
    </ul>
  `;
}
