import { css } from 'lit';

export const pageStyles = css`
  :host {
    min-height: 100dvh;
  }
  .connecting {
    display: grid;
    place-items: center;
    min-height: 80dvh;
  }
  .sheet {
    display: grid;
    gap: 0.8rem;
    justify-items: start;
    max-width: 34rem;
    margin: 0 auto;
    padding: clamp(3rem, 14vh, 9rem) 1.25rem 2rem;
  }
  h1 {
    font-family: var(--_display);
    font-size: var(--_size-xxl);
    font-weight: 480;
    line-height: 1.1;
    letter-spacing: -0.015em;
  }
  a {
    color: var(--_accent-text);
    font-weight: 600;
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
