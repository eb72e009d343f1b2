import { css } from 'lit';

export const joinStyles = css`
  .main {
    display: grid;
    place-items: center;
    min-height: var(--sr-min-height, 0);
    padding: 1.25rem;
  }
  /* The page's tools stand above it, however long the heading is. */
  [role='main'] {
    padding-block-start: 3.75rem;
  }
  form {
    display: grid;
    gap: 1.25rem;
    width: min(100%, 27rem);
  }
  h1 {
    margin-bottom: -0.75rem;
  }
  .name {
    display: grid;
    gap: 0.4rem;
    margin-top: 0.75rem;
  }
  .name span,
  h2,
  legend {
    padding: 0;
    font-size: var(--_size-s);
    font-weight: 600;
  }
  .name input {
    min-height: 3.25rem;
    font-size: var(--_size-l);
  }
  fieldset {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr));
    gap: 0.6rem;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    margin-bottom: 0.4rem;
  }
  .place {
    position: relative;
    display: flex;
    gap: 0.7rem;
    padding: 0.9rem;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius-s);
    background: var(--_card);
    cursor: pointer;
  }
  .place svg {
    width: 1.5rem;
    height: 1.5rem;
    color: var(--_soft);
  }
  .place span span {
    display: block;
    line-height: 1.35;
  }
  .place input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .place[data-chosen] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }
  .place[data-chosen] svg,
  .place[data-chosen] .soft {
    color: var(--_accent-text);
  }
  .place:focus-within:has(:focus-visible) {
    outline: 3px solid var(--_focus);
    outline-offset: 2px;
  }
  button {
    min-height: 3.25rem;
    font-size: var(--_size-m);
  }
  .agreement {
    display: grid;
    gap: 0.5rem;
    min-width: 0;
  }
  .text {
    max-height: 13rem;
    overflow: auto;
    padding: 0.9rem 1rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-s);
    background: var(--_card);
    line-height: 1.5;
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  .agree {
    display: flex;
    align-items: center;
    gap: 0.7rem;
    min-height: 2.75rem;
    font-weight: 600;
    cursor: pointer;
  }
  .agree input {
    flex: none;
    width: 1.5rem;
    min-height: 0;
    height: 1.5rem;
    margin: 0;
    accent-color: var(--_accent);
  }
  .failure {
    padding: 0.75rem 1rem;
    border-radius: var(--_radius-s);
    background: var(--_alarm-soft);
    color: var(--_alarm);
    font-weight: 550;
  }
  @media (forced-colors: active) {
    .place[data-chosen] {
      border: 3px solid Highlight;
    }
  }
`;
