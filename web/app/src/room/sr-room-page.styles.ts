import { css } from 'lit';

export const pageStyles = css`
  :host {
    --sr-min-height: 100dvh;
    display: block;
  }
  header {
    position: absolute;
    inset-block-start: 0.5rem;
    inset-inline-end: 0.5rem;
  }
  /* The page's own theme, and its background, which goes on where the room ends. */
  session-room {
    background: none;
    color-scheme: inherit;
  }
`;
