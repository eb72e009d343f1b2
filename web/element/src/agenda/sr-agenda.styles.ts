import { css } from 'lit';

export const agendaStyles = css`
  li {
    display: grid;
    grid-template-columns: 2rem minmax(0, 1fr) auto auto;
    align-items: center;
    gap: 0.25rem 0.6rem;
    min-height: 3rem;
    padding: 0.45rem 0.5rem;
    border-top: 1px solid var(--_line);
    font-size: var(--sr-agenda-size, inherit);
  }
  li:first-child {
    border-top: 0;
  }
  .mark {
    justify-self: center;
    display: inline-flex;
    color: var(--_soft);
    font-weight: 560;
  }
  .title {
    font-weight: 560;
  }
  .text > .small {
    display: block;
  }
  .box {
    color: var(--_soft);
    font-size: var(--sr-agenda-box-size, var(--_size-s));
    text-align: end;
    white-space: nowrap;
  }
  [data-over] {
    color: var(--_alarm);
    fill: var(--_alarm);
    font-weight: 600;
  }
  [data-done] .title,
  [data-done] .mark {
    color: var(--_soft);
    font-weight: 450;
  }
  [aria-current] {
    border-radius: var(--_radius-s);
    border-color: transparent;
    background: var(--_sunken);
  }
  [aria-current] + li {
    border-color: transparent;
  }
  [aria-current] .title {
    font-weight: 680;
  }
  [aria-current] .mark {
    color: var(--_ink);
    font-weight: 680;
  }
  .now {
    padding: 0.05em 0.55em;
    border-radius: 99px;
    background: var(--_ink);
    color: var(--_card);
    font-size: 0.75em;
    font-weight: 650;
  }
  .bar {
    display: block;
    width: 100%;
    height: 4px;
    margin-top: 0.4em;
    border-radius: 9px;
  }
  .bar:dir(rtl) {
    scale: -1 1;
  }
  .track {
    fill: var(--_line);
  }
  .spent:not([data-over]) {
    fill: var(--_accent);
  }
  @media (forced-colors: active) {
    [aria-current] {
      outline: 2px solid Highlight;
    }
    .track {
      fill: GrayText;
    }
    .bar .spent {
      fill: CanvasText !important;
    }
  }
`;
