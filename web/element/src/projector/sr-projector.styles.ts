import { css } from 'lit';

/**
 * Sized by the screen's height: at ten metres a letter should be no smaller than a fiftieth of it where it matters,
 * a fortieth or more for names, and the clock a quarter.
 */
export const projectorStyles = css`
  :host {
    --sr-size-xs: 2.5vh;
    --sr-size-s: 2.9vh;
    --sr-size-m: 3.3vh;
    --sr-size-l: 4.4vh;
    --sr-clock-size: min(27vh, 18vw);
    --sr-clock-caption-size: 3.4vh;
    --sr-clock-bar: 1.3vh;
    --sr-speaker-size: min(10.5vh, 7vw);
    --sr-floor-label-size: 3.4vh;
    --sr-floor-facts-size: 3.4vh;
    --sr-queue-name-size: 4.5vh;
    --sr-queue-place-size: 4.5vh;
    --sr-intent-size: 2.7vh;
    --sr-agenda-size: 3.6vh;
    --sr-agenda-box-size: 3vh;
    --sr-hands-size: 3.5vh;
    --sr-radius-s: 1.4vh;
    --_size-xs: var(--sr-size-xs);
    --_size-s: var(--sr-size-s);
    --_size-m: var(--sr-size-m);
    --_size-l: var(--sr-size-l);
    display: grid;
    grid-template-rows: auto auto minmax(0, 1fr) auto;
    height: 100dvh;
    padding: 3.5vh 3.2vw 3vh;
    gap: 2.2vh;
    overflow: hidden;
    font-size: 3.3vh;
    transition: opacity 600ms;
  }
  :host([stale]) main,
  :host([stale]) footer {
    opacity: 0.38;
  }
  header {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 2vw;
  }
  h1 {
    min-width: 0;
    font-family: var(--_display);
    font-size: 5.2vh;
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
    font-size: 2.7vh;
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
    padding: 0.8vh;
    border-radius: var(--sr-radius-s);
    background: var(--_ink);
    color: var(--_paper);
    font-weight: 650;
  }
  main {
    grid-row: 3;
    display: grid;
    grid-template-columns: minmax(0, 11fr) minmax(0, 9fr);
    gap: 4vw;
    min-height: 0;
    transition: opacity 600ms;
  }
  .stage {
    display: grid;
    align-content: space-evenly;
    gap: 3vh;
    min-width: 0;
  }
  .side {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    gap: 3vh;
    min-width: 0;
    min-height: 0;
    padding-inline-start: 3vw;
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
  footer {
    grid-row: 4;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: end;
    gap: 3vw;
    padding-top: 2.2vh;
    border-top: 2px solid var(--_line);
    transition: opacity 600ms;
  }
  .hands {
    align-self: start;
    display: grid;
    gap: 1.4vh;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4vh 1.6vw;
    font-size: 2.7vh;
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
    font-size: 2.5vh;
  }
  .large {
    grid-template-columns: minmax(0, 1fr);
    overflow: hidden;
  }
  .large sr-agenda {
    --sr-agenda-size: 4.4vh;
    --sr-agenda-box-size: 3.6vh;
  }
  :host([resting]) {
    cursor: none;
  }
  .below {
    --sr-clock-size: min(8vh, 6vw);
    --sr-clock-caption-size: 2.5vh;
    --sr-clock-bar: 0.8vh;
    --sr-speaker-size: min(4.6vh, 3vw);
    --sr-floor-label-size: 2.5vh;
    --sr-floor-facts-size: 2.5vh;
    --sr-hands-size: 2.9vh;
    grid-template-columns: 26vw minmax(0, 1fr) minmax(0, 1.3fr);
    align-items: center;
  }
  .over {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    place-content: center;
    gap: 2vh;
    text-align: center;
    font-size: 4.4vh;
  }
  .ended {
    font-family: var(--_display);
    font-size: min(12vh, 8vw);
    font-weight: 480;
    line-height: 1.1;
  }
  sr-hands {
    max-height: 15vh;
    overflow: hidden;
  }
  figure {
    display: flex;
    align-items: center;
    gap: 1.6vw;
    margin: 0;
  }
  figcaption {
    display: grid;
    justify-items: end;
    font-size: 3.1vh;
    line-height: 1.3;
  }
  .frame {
    width: 15vh;
    height: 15vh;
    border-radius: 1vh;
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
  @media (max-aspect-ratio: 1) {
    main {
      grid-template-columns: minmax(0, 1fr);
    }
    .side {
      padding: 0;
      border: 0;
    }
  }
`;
