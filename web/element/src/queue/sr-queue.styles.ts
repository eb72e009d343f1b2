import { css } from 'lit';

export const queueStyles = css`
  li {
    display: grid;
    grid-template-columns: 2rem minmax(0, 1fr) auto;
    grid-template-areas: 'place who tag' 'place why why';
    align-items: center;
    column-gap: 0.75rem;
    padding: 0.6rem 0.5rem;
    border-top: 1px solid var(--_line);
    min-height: 3rem;
  }
  li:has(.actions) {
    grid-template-areas: 'place who tag' 'place why actions';
  }
  li:first-child {
    border-top: 0;
  }
  li[data-yours] {
    border-radius: var(--_radius-s);
    border-color: transparent;
    background: var(--_accent-soft);
  }
  li[data-yours] + li {
    border-color: transparent;
  }
  .place {
    grid-area: place;
    justify-self: center;
    color: var(--_soft);
    font-size: var(--sr-queue-place-size, var(--_size-l));
    font-weight: 560;
  }
  li:first-child .place {
    color: var(--_accent-text);
  }
  .who {
    grid-area: who;
    min-width: 0;
  }
  .name {
    font-size: var(--sr-queue-name-size, inherit);
    font-weight: 600;
  }
  .you {
    padding: 0.05rem 0.5rem;
    border-radius: 99px;
    background: var(--_accent);
    color: var(--_accent-ink);
    font-size: var(--_size-xs);
    font-weight: 650;
  }
  .tag {
    grid-area: tag;
    display: inline-flex;
    align-items: center;
    gap: 0.3rem;
    justify-self: end;
    color: var(--_soft);
  }
  .why {
    grid-area: why;
    color: var(--_soft);
    font-size: var(--_size-xs);
  }
  li[data-yours] .why {
    color: var(--_accent-text);
  }
  .actions {
    grid-area: actions;
    display: inline-flex;
    justify-self: end;
    gap: 0.1rem;
  }
  .empty {
    padding: 0.5rem 0 0.25rem;
  }
  .sub {
    margin: 1rem 0 0.25rem;
    color: var(--_soft);
    font-size: var(--_size-xs);
    font-weight: 600;
  }
`;
