import { css } from 'lit';

export const peopleStyles = css`
  li {
    display: grid;
    grid-template-columns: 2.25rem minmax(0, 1fr) auto auto;
    align-items: center;
    column-gap: 0.7rem;
    min-height: 3rem;
    padding: 0.35rem 0.5rem;
  }
  .initials {
    display: grid;
    place-items: center;
    width: 2.25rem;
    height: 2.25rem;
    border-radius: 50%;
    background: var(--_sunken);
    color: var(--_soft);
    font-size: var(--_size-xs);
    font-weight: 650;
    overflow-wrap: normal;
  }
  .initials[data-up] {
    background: var(--_accent);
    color: var(--_accent-ink);
    font-size: var(--_size-m);
  }
  .text {
    display: grid;
  }
  .text .small {
    line-height: 1.35;
  }
  .name {
    font-weight: 560;
  }
  [data-away] .name {
    color: var(--_soft);
    font-weight: 400;
  }
  [data-away] .initials {
    outline: 1px dashed var(--_edge);
    background: transparent;
    color: var(--_soft);
  }
  .talk {
    text-align: end;
    line-height: 1.35;
  }
  .actions {
    grid-column: 1 / -1;
    display: grid;
    gap: 0.6rem;
    margin: 0.5rem 0 0.75rem;
    padding: 0.9rem;
    border-radius: var(--_radius-s);
    background: var(--_sunken);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }
  .row input {
    flex: 1 1 9rem;
    min-width: 0;
  }
  .row input,
  .row select,
  .row .small {
    min-height: 2.25rem;
    padding-block: 0.25rem;
    font-size: var(--_size-s);
  }
`;
