import { css } from 'lit';

export const boardCardStyles = css`
  :host {
    position: relative;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-s);
    background: var(--_card);
    box-shadow: 0 1px 2px light-dark(rgb(70 50 20 / 8%), rgb(0 0 0 / 35%));
    transition:
      box-shadow 120ms,
      border-color 120ms;
  }
  :host(:hover) {
    border-color: var(--_edge);
  }
  :host([open]) {
    border-color: var(--_accent);
    box-shadow: var(--_shadow);
  }
  :host([pointed]) {
    border-color: var(--_accent);
    outline: 2px solid var(--_accent);
  }
  :host([lifted]) {
    z-index: 4;
    border-color: var(--_accent);
    outline: 2px dashed var(--_accent);
    outline-offset: 2px;
    box-shadow: 0 10px 28px -10px light-dark(rgb(70 50 20 / 45%), rgb(0 0 0 / 85%));
  }
  .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
  }
  .face {
    display: block;
    width: 100%;
    min-height: 2.75rem;
    padding-block: 0.55rem;
    padding-inline: 0.75rem;
    border: 0;
    border-radius: var(--_radius-s);
    background: transparent;
    text-align: start;
    line-height: 1.35;
    -webkit-touch-callout: none;
    user-select: none;
  }
  div.face {
    user-select: auto;
  }
  .row:has(.grip) .face {
    padding-inline-end: 0.25rem;
  }
  button.face:hover:not(:disabled) {
    background: transparent;
  }
  .name,
  .row + .result .runs {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 5;
    line-clamp: 5;
    overflow: hidden;
  }
  .name {
    font-size: var(--sr-card-title-size, var(--_size-s));
    font-weight: 600;
    text-align: start;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.15rem 0.75rem;
    margin-top: 0.3rem;
    color: var(--_soft);
    font-size: var(--sr-card-facts-size, var(--_size-xs));
    font-weight: 500;
  }
  .fact,
  .mark {
    position: relative;
    display: inline-flex;
    align-items: center;
    gap: 0.3em;
    min-width: 0;
  }
  .fact[data-over] {
    color: var(--_alarm);
    font-weight: 650;
  }
  .seal {
    color: var(--_plum);
  }
  .mark {
    display: flex;
    padding: 0 0.75rem 0.5rem;
    color: var(--_accent-text);
    font-size: var(--sr-card-facts-size, var(--_size-xs));
    font-weight: 650;
  }
  /* Inside, where a card that is only painted on its own ground cuts off nothing. */
  .row button:focus-visible {
    outline-offset: -3px;
  }
  .handles {
    display: grid;
    align-content: start;
  }
  .handles:empty {
    display: none;
  }
  .handles button {
    width: 2.25rem;
    min-height: 2.25rem;
    padding: 0;
    color: var(--_soft);
  }
  .grip {
    cursor: grab;
    touch-action: none;
  }
  .point[aria-pressed='true'] {
    color: var(--_accent-text);
  }
  .result {
    position: relative;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.3em;
    padding: 0 0.75rem 0.6rem;
    color: var(--_soft);
    font-size: var(--sr-card-facts-size, var(--_size-xs));
  }
  .runs {
    white-space: pre-line;
  }
  .result svg {
    margin-top: 0.15em;
    color: var(--_accent-text);
  }
  a {
    color: var(--_accent-text);
    font-weight: 600;
  }
  .here {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem;
    padding: 0 0.75rem 0.5rem;
    font-size: var(--sr-card-facts-size, 0.75rem);
  }
  .who {
    max-width: 100%;
    padding: 0.05rem 0.5rem;
    border-radius: 99px;
    background: var(--tint);
    color: var(--hue);
    font-weight: 650;
  }
  @media (forced-colors: active) {
    :host([open]),
    :host([pointed]) {
      border: 2px solid Highlight;
    }
    .who {
      border: 1px solid CanvasText;
    }
  }
`;
