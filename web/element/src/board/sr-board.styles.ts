import { css } from 'lit';

export const boardStyles = css`
  :host {
    container-type: inline-size;
  }
  .head h2 {
    font-size: var(--_size-m);
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem;
  }
  .tools span {
    margin-inline-end: 0.5rem;
  }
  .strip,
  .refused {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    margin-bottom: 0.75rem;
    padding: 0.5rem 0.85rem;
    border-radius: var(--_radius-s);
    background: var(--_ink);
    color: var(--_paper);
    font-size: var(--_size-s);
    font-weight: 600;
  }
  .refused {
    background: var(--_warm-soft);
    color: var(--_warm);
  }
  .columns {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(13rem, 1fr);
    align-items: start;
    gap: 0.75rem;
    margin-bottom: 1.5rem;
    padding-bottom: 0.25rem;
    overflow-x: auto;
    overscroll-behavior-x: contain;
    scroll-padding-inline: 0.25rem;
  }
  .column {
    position: relative;
    min-width: 0;
    padding: 0.65rem 0.5rem 0.5rem;
    border-radius: var(--_radius);
    background: var(--_sunken);
  }
  h3 {
    display: flex;
    align-items: baseline;
    gap: 0.5rem;
    padding: 0 0.4rem 0.5rem;
    font-size: var(--sr-board-column-size, var(--_size-s));
    font-weight: 650;
  }
  .count {
    color: var(--_soft);
    font-weight: 550;
  }
  .cards {
    display: grid;
    gap: 0.5rem;
  }
  /* Far below the fold a card costs nothing; its height is remembered once it was seen. */
  [data-long] li:not(:has([open], [lifted])) {
    content-visibility: auto;
    contain-intrinsic-size: auto 4.75rem;
  }
  li:has([lifted]) {
    border-radius: var(--_radius-s);
    background: color-mix(in srgb, var(--_accent) 12%, transparent);
  }
  /* Room for the card below the columns: what scrolls sideways cuts off there too. */
  .columns[data-dragging] {
    margin-bottom: -10.5rem;
    padding-bottom: 12.25rem;
    cursor: grabbing;
    user-select: none;
    scroll-snap-type: none;
  }
  .columns[data-dragging] [lifted] {
    pointer-events: none;
  }
  form {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    margin-top: 0.5rem;
    padding-inline-start: 0.65rem;
    border-radius: var(--_radius-s);
    color: var(--_soft);
  }
  form:hover {
    color: var(--_ink);
  }
  form:focus-within {
    background: var(--_card);
    color: var(--_ink);
  }
  form input {
    width: 100%;
    padding: 0.4rem 0.5rem;
    border-color: transparent;
    background: transparent;
    font-size: var(--_size-s);
  }
  form input::placeholder {
    color: var(--_soft);
    opacity: 1;
  }
  .empty {
    padding: 0.5rem 0.4rem;
  }
  @container (max-width: 34rem) {
    .columns {
      grid-auto-columns: min(86%, 20rem);
      margin-inline: calc(-1 * var(--sr-board-bleed, 0rem));
      padding-inline: var(--sr-board-bleed, 0rem);
      scroll-padding-inline: var(--sr-board-bleed, 0rem);
      scroll-snap-type: x mandatory;
    }
    .column {
      scroll-snap-align: start;
    }
  }
  @media (forced-colors: active) {
    .column {
      border: 1px solid CanvasText;
    }
  }
`;
