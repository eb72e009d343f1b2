import type { Place } from '@session-room/client';
import { css, html, nothing } from 'lit';
import { icon } from './icons.js';
import { t } from '../text/messages.js';

/** A small sign for where somebody is, named for those who do not see it. */
export function placeMark(place: Place | undefined) {
  if (!place) return nothing;
  const name = t(`people.${place}`);
  return html`<span class="at" title=${name}>${icon(place)}<span class="hidden-text">${name}</span></span>`;
}

export const placeStyles = css`
  .at {
    position: relative;
    display: inline-flex;
    vertical-align: -0.15em;
    color: var(--_soft);
    font-size: 0.9em;
  }
`;
