import { css } from 'lit';

/** What every part shares: boxes, headings, buttons, focus, and rest for those who asked for reduced motion. */
export const baseStyles = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    display: block;
    box-sizing: border-box;
    overflow-wrap: anywhere;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  ol,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ol,
  ul {
    list-style: none;
  }
  h2 {
    font-size: var(--_size-s);
    font-weight: 650;
    line-height: 1.3;
  }
  bdi {
    unicode-bidi: isolate;
  }
  .soft {
    color: var(--_soft);
  }
  .small {
    font-size: var(--_size-xs);
  }
  .figures {
    font-variant-numeric: tabular-nums lining-nums;
  }
  /* Kept in its place, so that it neither widens the page nor scrolls it. */
  .hidden-text {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .head {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 0.25rem 0.75rem;
    flex-wrap: wrap;
    margin-bottom: 0.75rem;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    min-height: 2.75rem;
    padding: 0.4rem 1rem;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius-s);
    background: var(--_card);
    font-size: var(--_size-s);
    font-weight: 600;
    line-height: 1.2;
    overflow-wrap: break-word;
    cursor: pointer;
    transition:
      background-color 120ms,
      border-color 120ms;
  }
  button:hover:not(:disabled) {
    background: var(--_sunken);
  }
  button:disabled {
    cursor: default;
    color: var(--_soft);
    border-color: var(--_line);
    background: transparent;
  }
  button.primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_accent-ink);
  }
  button.primary:hover:not(:disabled) {
    background: color-mix(in oklab, var(--_accent) 88%, var(--_ink));
  }
  button.danger {
    border-color: var(--_alarm);
    color: var(--_alarm);
  }
  button.quiet {
    border-color: transparent;
    background: transparent;
  }
  button.small {
    min-height: 2rem;
    padding: 0.2rem 0.6rem;
    font-size: var(--_size-xs);
  }
  button.icon {
    min-width: 2rem;
    padding: 0.2rem 0.35rem;
  }
  input,
  select,
  textarea {
    min-height: 2.75rem;
    padding: 0.5rem 0.75rem;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius-s);
    background: var(--_card);
    color: var(--_ink);
  }
  :focus-visible {
    outline: 3px solid var(--_focus);
    outline-offset: 2px;
  }
  svg {
    width: 1.15em;
    height: 1.15em;
    flex: none;
  }
  svg.pointing:dir(rtl) {
    scale: -1 1;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      transition: none !important;
      animation: none !important;
    }
  }
  @media (forced-colors: active) {
    button.primary {
      border-color: ButtonText;
    }
    button[aria-pressed='true'] {
      background: Highlight !important;
      color: HighlightText !important;
      forced-color-adjust: none;
    }
  }
`;

/** A raised box, for parts that stand on the page by themselves. */
export const cardStyles = css`
  :host {
    padding: 1.1rem 1.25rem 1.25rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_card);
    box-shadow: var(--_shadow);
  }
`;
