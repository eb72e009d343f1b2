import { css } from 'lit';

export const timerStyles = css`
  .clock {
    display: grid;
    gap: 0.1em 0.6rem;
    justify-items: start;
  }
  .face {
    font-size: var(--sr-clock-size, clamp(3rem, 2rem + 5vw, 4.75rem));
    font-weight: 560;
    line-height: 1;
    letter-spacing: -0.02em;
    white-space: nowrap;
  }
  [data-long] .face {
    font-size: calc(0.72 * var(--sr-clock-size, clamp(3rem, 2rem + 5vw, 4.75rem)));
  }
  .caption {
    font-size: var(--sr-clock-caption-size, var(--_size-s));
    font-weight: 550;
  }
  .total {
    color: var(--_soft);
    font-weight: 400;
  }
  .bar {
    width: 100%;
    height: var(--sr-clock-bar, 6px);
    margin-top: 0.5em;
    border-radius: 99px;
    overflow: hidden;
  }
  .bar:dir(rtl) {
    scale: -1 1;
  }
  .track {
    fill: var(--_line);
  }
  .rest {
    fill: var(--_accent);
  }
  [data-tone='idle'] .face,
  [data-tone='idle'] .caption {
    color: var(--_soft);
    font-weight: 400;
  }
  [data-tone='paused'] .face {
    color: var(--_soft);
  }
  [data-tone='paused'] .rest {
    fill: var(--_edge);
  }
  [data-tone='soon'] .caption,
  [data-tone='last'] .face,
  [data-tone='last'] .caption {
    color: var(--_warm);
  }
  [data-tone='last'] .rest {
    fill: var(--_warm);
  }
  [data-tone='over'] .face,
  [data-tone='over'] .caption {
    color: var(--_alarm);
  }
  @media (forced-colors: active) {
    .track {
      fill: GrayText;
    }
    .rest {
      fill: CanvasText;
    }
  }
`;
