import { css } from 'lit';

export const consoleStyles = css`
  :host {
    position: sticky;
    bottom: 0;
    z-index: 3;
  }
  .console {
    border-top: 1px solid var(--_line);
    background: var(--_card);
    box-shadow: 0 -10px 30px -18px light-dark(rgb(70 50 20 / 45%), rgb(0 0 0 / 80%));
  }
  .bar,
  .panel {
    max-width: 82rem;
    margin: 0 auto;
    padding-inline: clamp(0.75rem, 3vw, 2rem);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
    padding-block: 0.7rem calc(0.7rem + env(safe-area-inset-bottom));
  }
  .lead {
    flex: 1 1 12rem;
    max-width: 24rem;
    min-height: 3rem;
    padding-inline: 1.2rem;
    font-size: var(--_size-m);
  }
  .clip {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .group {
    display: flex;
  }
  .group button {
    border-radius: 0;
    margin-inline-start: -1px;
  }
  .group button:first-child {
    margin: 0;
    border-start-start-radius: var(--_radius-s);
    border-end-start-radius: var(--_radius-s);
  }
  .group button:last-child {
    border-start-end-radius: var(--_radius-s);
    border-end-end-radius: var(--_radius-s);
  }
  .group button:focus-visible {
    z-index: 1;
  }
  .bar button:not(.lead) {
    min-height: 3rem;
  }
  .more {
    margin-inline-start: auto;
  }
  .panel {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr));
    gap: 1rem 2rem;
    max-height: 60dvh;
    padding-block: 1.25rem 0.5rem;
    overflow: auto;
  }
  .column {
    display: grid;
    gap: 0.5rem;
    align-content: start;
  }
  h3 {
    margin: 0;
    color: var(--_soft);
    font-size: var(--_size-xs);
    font-weight: 600;
  }
  * + h3 {
    margin-top: 0.6rem;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }
  .row input,
  .row select {
    flex: 1 1 9rem;
    max-width: 100%;
    min-width: 0;
  }
  kbd {
    padding: 0 0.45em;
    border: 1px solid currentColor;
    border-radius: 5px;
    font: inherit;
  }
  .row select {
    flex-basis: 100%;
  }
  .sure:not(.row) {
    display: grid;
    gap: 0.5rem;
    flex-basis: 100%;
  }
  [aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    color: var(--_accent-text);
  }
  @media (max-width: 40rem) {
    .bar {
      display: grid;
      grid-template-columns: 1fr 1fr;
    }
    .lead,
    .group {
      grid-column: 1 / -1;
      max-width: none;
    }
    .group button {
      flex: 1;
      padding-inline: 0.4rem;
    }
    .more {
      margin: 0;
    }
    .bar > .more:nth-child(odd) {
      grid-column: 1 / -1;
    }
  }
  /* On a low screen, as with a large zoom, what is pinned would hide what is read. */
  @media (max-height: 30rem) {
    :host {
      position: static;
    }
    .panel {
      max-height: none;
    }
  }
`;
