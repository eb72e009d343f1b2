import { css } from 'lit';

export const pageStyles = css`
  :host {
    --sr-min-height: 100dvh;
    display: block;
  }
  /* The page's own theme, and its background, which goes on where the room ends. */
  session-room {
    background: none;
    color-scheme: inherit;
  }
`;
