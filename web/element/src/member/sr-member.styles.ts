import { css } from 'lit';

export const memberStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    container-type: inline-size;
    min-height: var(--sr-min-height, 0);
  }
  .strip {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.6rem;
    padding: 0.5rem 1rem;
    background: var(--_ink);
    color: var(--_paper);
    font-size: var(--_size-s);
    font-weight: 600;
  }
  .top,
  .main,
  .ended {
    width: 100%;
    max-width: 82rem;
    margin: 0 auto;
    padding-inline: clamp(0.75rem, 3vw, 2rem);
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.4rem 1.5rem;
    padding-block: clamp(0.75rem, 2vw, 1.5rem) 0.9rem;
  }
  .titles {
    min-width: 0;
    flex: 1 1 16rem;
  }
  h1 {
    font-family: var(--_display);
    font-size: clamp(1.45rem, 1.2rem + 1.2vw, 2rem);
    font-weight: 520;
    line-height: 1.15;
    letter-spacing: -0.012em;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
    overflow: hidden;
  }
  .purpose {
    font-size: var(--_size-s);
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
    overflow: hidden;
  }
  .status {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.9rem;
    max-width: 100%;
  }
  .stage {
    padding: 0.15rem 0.7rem;
    border: 1px solid var(--_edge);
    border-radius: 99px;
    font-size: var(--_size-xs);
    font-weight: 600;
    white-space: nowrap;
  }
  .stage[data-stage='live'] {
    border-color: transparent;
    background: var(--_accent-soft);
    color: var(--_accent-text);
  }
  .ended {
    padding-block: 0.25rem 1rem;
    font-family: var(--_display);
    font-size: var(--_size-l);
  }
  .ended p {
    margin-bottom: 0.6rem;
  }
  .main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_gap);
    padding-bottom: 2rem;
    flex: 1;
    align-content: start;
  }
  .card {
    min-width: 0;
    padding: 1.1rem clamp(0.9rem, 2vw, 1.4rem) 1.25rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_card);
    box-shadow: var(--_shadow);
  }
  .hero {
    display: grid;
    gap: 1rem 2rem;
  }
  .side {
    display: grid;
    gap: var(--_gap);
    align-content: start;
    min-width: 0;
  }
  sr-signals {
    min-height: 1.75rem;
    margin-top: 0.4rem;
  }
  sr-signals:not(:defined) {
    display: block;
  }
  .claim {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
    margin-top: 0.75rem;
  }
  @container (min-width: 40rem) {
    .hero {
      grid-template-columns: minmax(0, 1fr) minmax(14rem, 18rem);
      align-items: center;
      padding-block: 1.5rem;
    }
    sr-timer {
      padding-inline-start: 2rem;
      border-inline-start: 1px solid var(--_line);
    }
  }
  @container (min-width: 62rem) {
    .main {
      grid-template-columns: minmax(0, 1fr) minmax(20rem, 25rem);
      grid-template-rows: auto auto auto 1fr;
      column-gap: 1.25rem;
    }
    .main[data-ended] {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      grid-template-rows: auto;
    }
    .main[data-ended] .side {
      display: contents;
    }
    .main[data-ended] ::slotted([slot='board']) {
      grid-column: 1 / -1;
    }
    .hero,
    .hand,
    .queue,
    ::slotted([slot='board']) {
      grid-column: 1;
    }
    .side {
      grid-column: 2;
      grid-row: 1 / span 4;
    }
  }
  /* On a phone the hand is where the thumb is; the page scrolls behind it. */
  @container (max-width: 61.99rem) {
    @media (min-height: 30rem) {
      .hand[data-docked] {
        position: sticky;
        bottom: 0;
        z-index: 2;
        order: 9;
        margin-inline: calc(-1 * clamp(0.75rem, 3vw, 2rem));
        padding: 0.8rem clamp(0.75rem, 3vw, 2rem) calc(0.8rem + env(safe-area-inset-bottom));
        border-width: 1px 0 0;
        border-radius: 18px 18px 0 0;
        box-shadow: 0 -10px 30px -18px light-dark(rgb(70 50 20 / 45%), rgb(0 0 0 / 80%));
      }
      .main:has(.hand[data-docked]) {
        padding-bottom: 0;
      }
    }
  }
`;
