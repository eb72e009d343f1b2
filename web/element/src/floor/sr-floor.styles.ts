import { css } from 'lit';

export const floorStyles = css`
  .label {
    color: var(--_soft);
    font-size: var(--sr-floor-label-size, var(--_size-s));
    font-weight: 550;
  }
  .name {
    margin: 0.1em 0 0.25em;
    font-family: var(--_display);
    font-size: var(--sr-speaker-size, clamp(1.9rem, 1.4rem + 2.2vw, 2.9rem));
    font-weight: 480;
    line-height: 1.1;
    letter-spacing: -0.012em;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
    overflow: hidden;
  }
  .name.free {
    color: var(--_soft);
  }
  .you {
    display: inline-block;
    vertical-align: 0.28em;
    padding: 0.1rem 0.55rem;
    border-radius: 99px;
    background: var(--_accent);
    color: var(--_accent-ink);
    font-family: var(--_text);
    font-size: var(--_size-xs);
    font-weight: 650;
    letter-spacing: 0;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4rem 0.8rem;
    font-size: var(--sr-floor-facts-size, var(--_size-s));
  }
  .held {
    margin-top: 0.5rem;
    padding-inline-start: 0.75rem;
    border-inline-start: 3px solid var(--_line);
    color: var(--_soft);
    font-size: var(--sr-floor-facts-size, var(--_size-s));
  }
  .over {
    color: var(--_alarm);
  }
`;
