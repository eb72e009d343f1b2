import { css } from 'lit';

export const pageStyles = css`
  :host {
    min-height: 100dvh;
  }
  header {
    position: absolute;
    inset-block-start: 0.5rem;
    inset-inline-end: 0.5rem;
  }
  .connecting {
    display: grid;
    place-items: center;
    min-height: 80dvh;
  }
  .notice {
    position: fixed;
    inset-inline: 0;
    top: 0.75rem;
    z-index: 5;
    width: fit-content;
    max-width: calc(100vw - 2rem);
    margin: 0 auto;
    padding: 0.6rem 1.1rem;
    border-radius: 99px;
    background: var(--_ink);
    color: var(--_paper);
    font-size: var(--_size-s);
    font-weight: 550;
    opacity: 0;
    translate: 0 -0.5rem;
    transition:
      opacity 160ms,
      translate 160ms;
    pointer-events: none;
  }
  .notice[data-shown] {
    opacity: 1;
    translate: 0 0;
  }
`;
