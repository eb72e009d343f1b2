import { css } from 'lit';

/**
 * Sized by the height of its place: at ten metres a letter should be no smaller than a fiftieth of it where it matters,
 * a fortieth or more for names, and the clock a quarter. Where nobody gave it a height it is as a screen is.
 */
export const projectorStyles = css`
  :host {
    display: block;
    container: wall / size;
    height: 100%;
    aspect-ratio: 16 / 9;
    max-height: 100dvh;
  }
  .wall {
    --sr-wall-height: 1cqh;
    --sr-wall-width: 1cqw;
    --sr-size-xs: calc(2.5 * var(--sr-wall-height));
    --sr-size-s: calc(2.9 * var(--sr-wall-height));
    --sr-size-m: calc(3.3 * var(--sr-wall-height));
    --sr-size-l: calc(4.4 * var(--sr-wall-height));
    --sr-clock-size: min(27 * var(--sr-wall-height), 18 * var(--sr-wall-width), 38cqh);
    --sr-clock-caption-size: calc(3.4 * var(--sr-wall-height));
    --sr-clock-bar: calc(1.3 * var(--sr-wall-height));
    --sr-speaker-size: min(10.5 * var(--sr-wall-height), 7 * var(--sr-wall-width), 15cqh);
    --sr-floor-label-size: calc(3.4 * var(--sr-wall-height));
    --sr-floor-facts-size: calc(3.4 * var(--sr-wall-height));
    --sr-queue-name-size: min(4.5 * var(--sr-wall-height), 7cqh);
    --sr-queue-place-size: min(4.5 * var(--sr-wall-height), 7cqh);
    --sr-intent-size: calc(2.7 * var(--sr-wall-height));
    --sr-agenda-size: min(3.6 * var(--sr-wall-height), 5.2cqh);
    --sr-agenda-box-size: min(3 * var(--sr-wall-height), 4.4cqh);
    --sr-hands-size: calc(3.5 * var(--sr-wall-height));
    --sr-radius-s: calc(1.4 * var(--sr-wall-height));
    --_size-xs: var(--sr-size-xs);
    --_size-s: var(--sr-size-s);
    --_size-m: var(--sr-size-m);
    --_size-l: var(--sr-size-l);
    display: grid;
    grid-template-rows: auto auto minmax(0, 1fr) auto;
    height: 100%;
    padding: calc(3.5 * var(--sr-wall-height)) calc(3.2 * var(--sr-wall-width)) calc(3 * var(--sr-wall-height));
    gap: calc(2.2 * var(--sr-wall-height));
    overflow: hidden;
    font-size: calc(3.3 * var(--sr-wall-height));
    transition: opacity 600ms;
  }
  :host([stale]) .main,
  :host([stale]) .foot {
    opacity: 0.38;
  }
  .top {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: calc(2 * var(--sr-wall-width));
  }
  h1 {
    min-width: 0;
    font-family: var(--_display);
    font-size: calc(5.2 * var(--sr-wall-height));
    font-weight: 500;
    line-height: 1.15;
    letter-spacing: -0.012em;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .age {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    flex: none;
    color: var(--_soft);
    font-size: calc(2.7 * var(--sr-wall-height));
  }
  .age[data-stale] {
    padding: 0.3em 0.9em;
    border-radius: 99px;
    background: var(--_warm-soft);
    color: var(--_warm);
    font-weight: 650;
  }
  .dot {
    width: 0.55em;
    height: 0.55em;
    border-radius: 50%;
    background: var(--_accent);
  }
  .strip {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.6em;
    padding: calc(0.8 * var(--sr-wall-height));
    border-radius: var(--sr-radius-s);
    background: var(--_ink);
    color: var(--_paper);
    font-weight: 650;
  }
  .main {
    grid-row: 3;
    display: grid;
    grid-template-columns: minmax(0, 11fr) minmax(0, 9fr);
    gap: calc(4 * var(--sr-wall-width));
    min-height: 0;
    transition: opacity 600ms;
  }
  /* What is large gives way where many hands or seats have made the lower edge high. */
  .stage,
  .side {
    container-type: size;
  }
  .stage {
    display: grid;
    align-content: space-evenly;
    gap: calc(2.4 * var(--sr-wall-height));
    min-width: 0;
    overflow: hidden;
  }
  .side {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    gap: calc(2.4 * var(--sr-wall-height));
    min-width: 0;
    min-height: 0;
    padding-inline-start: calc(3 * var(--sr-wall-width));
    border-inline-start: 2px solid var(--_line);
  }
  .side > * {
    min-height: 0;
    overflow: hidden;
  }
  sr-agenda::part(presenter),
  sr-agenda::part(now) {
    display: none;
  }
  .foot {
    grid-row: 4;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: end;
    gap: calc(3 * var(--sr-wall-width));
    padding-top: calc(2.2 * var(--sr-wall-height));
    border-top: 2px solid var(--_line);
    transition: opacity 600ms;
  }
  .hands {
    align-self: start;
    display: grid;
    gap: calc(1.4 * var(--sr-wall-height));
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(0.4 * var(--sr-wall-height)) calc(1.6 * var(--sr-wall-width));
    font-size: calc(2.7 * var(--sr-wall-height));
  }
  .legend span {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
  }
  .legend [data-up] {
    color: var(--_accent-text);
    font-weight: 650;
  }
  kbd {
    padding: 0 0.45em;
    border: 2px solid var(--_edge);
    border-radius: 0.3em;
    font: inherit;
    font-weight: 650;
  }
  .fixed {
    flex: none;
    margin-inline-start: auto;
    color: var(--_soft);
    font-size: calc(2.5 * var(--sr-wall-height));
  }
  .large {
    grid-template-columns: minmax(0, 1fr);
    overflow: hidden;
  }
  .large sr-agenda {
    --sr-agenda-size: calc(4.4 * var(--sr-wall-height));
    --sr-agenda-box-size: calc(3.6 * var(--sr-wall-height));
  }
  :host([resting]) {
    cursor: none;
  }
  .below {
    --sr-clock-size: min(8 * var(--sr-wall-height), 6 * var(--sr-wall-width));
    --sr-clock-caption-size: calc(2.5 * var(--sr-wall-height));
    --sr-clock-bar: calc(0.8 * var(--sr-wall-height));
    --sr-speaker-size: min(4.6 * var(--sr-wall-height), 3 * var(--sr-wall-width));
    --sr-floor-label-size: calc(2.5 * var(--sr-wall-height));
    --sr-floor-facts-size: calc(2.5 * var(--sr-wall-height));
    --sr-hands-size: calc(2.9 * var(--sr-wall-height));
    grid-template-columns: calc(26 * var(--sr-wall-width)) minmax(0, 1fr) minmax(0, 1.3fr);
    align-items: center;
  }
  .over {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    place-content: center;
    gap: calc(2 * var(--sr-wall-height));
    text-align: center;
    font-size: calc(4.4 * var(--sr-wall-height));
  }
  .ended {
    font-family: var(--_display);
    font-size: min(12 * var(--sr-wall-height), 8 * var(--sr-wall-width));
    font-weight: 480;
    line-height: 1.1;
  }
  sr-hands {
    max-height: calc(15 * var(--sr-wall-height));
    overflow: hidden;
  }
  figure {
    display: flex;
    align-items: center;
    gap: calc(1.6 * var(--sr-wall-width));
    margin: 0;
  }
  figcaption {
    display: grid;
    justify-items: end;
    font-size: calc(3.1 * var(--sr-wall-height));
    line-height: 1.3;
  }
  .frame {
    width: calc(15 * var(--sr-wall-height));
    height: calc(15 * var(--sr-wall-height));
    border-radius: calc(1 * var(--sr-wall-height));
    overflow: hidden;
    background: #fff;
    forced-color-adjust: none;
  }
  .qr {
    display: block;
    width: 100%;
    height: 100%;
  }
  @media (forced-colors: active) {
    .strip,
    .age[data-stale] {
      border: 2px solid CanvasText;
    }
  }
  @container wall (max-aspect-ratio: 1) {
    .main {
      grid-template-columns: minmax(0, 1fr);
    }
    .side {
      padding: 0;
      border: 0;
    }
  }
`;
