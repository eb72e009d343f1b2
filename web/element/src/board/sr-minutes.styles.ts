import { css } from 'lit';

export const minutesStyles = css`
  :host {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr));
    gap: 1.25rem;
  }
  section {
    min-width: 0;
  }
  h3 {
    margin-bottom: 0.5rem;
    font-size: var(--_size-s);
    font-weight: 650;
  }
  sr-board-text {
    --sr-board-text-height: 6.5rem;
  }
  li,
  .add {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto auto;
    align-items: center;
    gap: 0.5rem;
    min-height: 2.75rem;
    border-bottom: 1px solid var(--_line);
    font-size: var(--_size-s);
  }
  li > svg {
    color: var(--_accent-text);
  }
  .add > svg {
    color: var(--_soft);
  }
  .text {
    min-width: 0;
    unicode-bidi: plaintext;
  }
  .text:not(.grow) {
    padding-block: 0.5rem;
  }
  /* As high as what is written in it: the letters are there twice, once to measure. */
  .grow {
    display: grid;
  }
  .grow::after {
    content: attr(data-text) '\\200b';
    visibility: hidden;
    white-space: pre-wrap;
  }
  .grow::after,
  .grow textarea {
    grid-area: 1 / 1;
    min-height: 2.5rem;
    padding: 0.5rem 0.35rem;
    border: 1px solid transparent;
    line-height: 1.45;
    overflow-wrap: anywhere;
  }
  textarea,
  input {
    width: 100%;
    min-height: 2.5rem;
    padding: 0.25rem 0.35rem;
    border-color: transparent;
    background: transparent;
    overflow: hidden;
    resize: none;
  }
  textarea:hover,
  textarea:focus,
  input:hover,
  input:focus {
    border-color: var(--_edge);
  }
  input::placeholder {
    color: var(--_soft);
    opacity: 1;
  }
  .add {
    border-bottom-style: dashed;
  }
  time {
    font-size: var(--_size-xs);
    white-space: nowrap;
  }
`;
