import { css } from 'lit';

export const sessionRoomStyles = css`
  :host {
    position: relative;
    background: var(--_paper);
    color-scheme: light dark;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  .room:focus {
    outline: none;
  }
  header {
    position: absolute;
    inset-block-start: 0.5rem;
    inset-inline-end: 0.5rem;
    z-index: 1;
  }
  .wall,
  .wall > .room {
    height: 100%;
  }
  :host([keys='page']) .wall {
    height: 100dvh;
  }
  .single > * {
    padding: var(--sr-part-padding, 0);
  }
  .connecting {
    display: grid;
    place-items: center;
    min-height: min(var(--sr-min-height, 6rem), 80dvh);
  }
  .notice {
    position: absolute;
    inset-inline: 0;
    top: 0.75rem;
    z-index: 5;
    width: fit-content;
    max-width: calc(100% - 2rem);
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
  :host([keys='page']) .notice {
    position: fixed;
  }
  .notice[data-shown] {
    opacity: 1;
    translate: 0 0;
  }
`;
