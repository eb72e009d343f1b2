import { css } from 'lit';

export const compactStyles = css`
  :host {
    --sr-clock-size: 2.25rem;
    --sr-speaker-size: var(--_size-l);
    container-type: inline-size;
  }
  .all {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.9rem;
    padding: 0.9rem;
  }
  .strip {
    padding: 0.35rem 0.9rem;
    background: var(--_ink);
    color: var(--_paper);
    font-size: var(--_size-xs);
    font-weight: 600;
  }
  @container (min-width: 44rem) {
    .all {
      grid-template-columns: 10rem minmax(0, 1fr) minmax(0, 1.2fr) minmax(0, 1.4fr);
      align-items: center;
      gap: 1.5rem;
    }
  }
`;
