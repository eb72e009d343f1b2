import type { Intent } from '@session-room/client';
import { css, html } from 'lit';
import { icon } from './icons.js';
import { t, type MessageKey } from '../text/index.js';

export function intentName(intent: Intent): string {
  return t(`intent.${intent}` satisfies MessageKey);
}

/** An intent is known by its sign and its name; the colour only helps. */
export function intentTag(intent: Intent) {
  return html`<span class="intent" data-intent=${intent}>${icon(intent)}${intentName(intent)}</span>`;
}

export const intentStyles = css`
  .intent {
    display: inline-flex;
    align-items: center;
    gap: 0.35em;
    padding: 0.12em 0.6em 0.12em 0.45em;
    border-radius: 99px;
    background: var(--_accent-soft);
    color: var(--_accent-text);
    font-size: var(--sr-intent-size, var(--_size-xs));
    font-weight: 600;
    line-height: 1.4;
    white-space: nowrap;
  }
  .intent[data-intent='order'] {
    background: var(--_alarm-soft);
    color: var(--_alarm);
  }
  .intent[data-intent='question'] {
    background: var(--_warm-soft);
    color: var(--_warm);
  }
  .intent[data-intent='reply'] {
    background: var(--_plum-soft);
    color: var(--_plum);
  }
  @media (forced-colors: active) {
    .intent {
      border: 1px solid CanvasText;
    }
  }
`;
