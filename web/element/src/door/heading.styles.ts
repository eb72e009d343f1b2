import { css } from 'lit';

/** The one large line of a view before or after the room. */
export const headingStyles = css`
  h1 {
    font-family: var(--_display);
    font-size: var(--_size-xxl);
    font-weight: 480;
    line-height: 1.1;
    letter-spacing: -0.015em;
  }
`;
