import { css } from 'lit';

/** The board for a room to look at: sized by the wall, loaded with the first. */
export const boardWallStyles = css`
  :host([wall]) {
    position: relative;
    height: 100%;
    --sr-card-title-size: calc(3.3 * var(--sr-wall-height, 1vh));
    --sr-card-facts-size: calc(2.5 * var(--sr-wall-height, 1vh));
    --sr-board-column-size: calc(3.3 * var(--sr-wall-height, 1vh));
  }
  :host([wall]) .columns {
    grid-auto-columns: minmax(0, 1fr);
    align-items: stretch;
    gap: calc(1.4 * var(--sr-wall-width, 1vw));
    height: 100%;
    margin: 0;
    padding: 0;
    overflow: hidden;
  }
  :host([wall]) .column {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    min-height: 0;
    padding: calc(1.6 * var(--sr-wall-height, 1vh)) calc(0.9 * var(--sr-wall-width, 1vw));
  }
  :host([wall]) .cards {
    align-content: start;
    gap: calc(1.1 * var(--sr-wall-height, 1vh));
    padding: calc(0.5 * var(--sr-wall-height, 1vh));
    overflow: hidden;
    scroll-behavior: smooth;
  }
  :host([wall]) sr-card {
    padding: calc(0.4 * var(--sr-wall-height, 1vh)) calc(0.3 * var(--sr-wall-width, 1vw));
    border-width: 2px;
  }
  :host([wall]) sr-card[pointed] {
    outline-width: calc(0.7 * var(--sr-wall-height, 1vh));
  }
  @media (prefers-reduced-motion: reduce) {
    :host([wall]) .cards {
      scroll-behavior: auto;
    }
  }
`;
