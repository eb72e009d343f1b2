import { css } from 'lit';

export const handsStyles = css`
  .now {
    min-height: 1.5em;
    margin-bottom: 0.6rem;
  }
  .now:empty {
    display: none;
  }
  .standing {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.6rem;
  }
  [data-next] {
    padding: 0.5rem 0.75rem;
    border-inline-start: 4px solid var(--_accent);
    border-radius: var(--_radius-s);
    background: var(--_accent-soft);
  }
  .controls {
    display: grid;
    gap: 0.5rem;
  }
  .wide {
    width: 100%;
    min-height: 3.25rem;
    font-size: var(--_size-m);
  }
  .lower {
    border-width: 2px;
  }
  .others {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(5.8rem, 1fr));
    gap: 0.5rem;
  }
  .others button {
    gap: 0.35em;
    padding-inline: 0.25rem;
    font-size: var(--_size-xs);
  }
  .others svg {
    color: var(--_accent-text);
  }
  .others [data-intent='order'] svg {
    color: var(--_alarm);
  }
  .others [data-intent='question'] svg {
    color: var(--_warm);
  }
  .others [data-intent='reply'] svg {
    color: var(--_plum);
  }
  .others button:disabled svg {
    color: inherit;
  }
  kbd {
    margin-inline-start: 0.4em;
    padding: 0.1em 0.5em;
    border: 1px solid currentColor;
    border-radius: 5px;
    font: inherit;
    font-size: var(--_size-xs);
    font-weight: 550;
  }
  @media (hover: none) {
    kbd {
      display: none;
    }
  }
  .head {
    justify-content: flex-start;
  }
  .raised {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem 1.4rem;
  }
  .raised li {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    font-size: var(--sr-hands-size, inherit);
    font-weight: 600;
  }
  .raised [data-intent] {
    display: inline-flex;
    color: var(--_accent-text);
  }
  .raised [data-intent='order'] {
    color: var(--_alarm);
  }
  .raised [data-intent='question'] {
    color: var(--_warm);
  }
  .raised [data-intent='reply'] {
    color: var(--_plum);
  }
`;
