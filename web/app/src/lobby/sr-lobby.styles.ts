import { css } from 'lit';

export const lobbyStyles = css`
  :host {
    max-width: 76rem;
    margin: 0 auto;
    padding: 1rem clamp(1rem, 4vw, 3rem) 4rem;
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 3rem;
  }
  .own {
    display: inline-flex;
    align-items: center;
  }
  .wordmark {
    display: inline-flex;
    align-items: center;
    gap: 0.6rem;
    font-weight: 680;
    letter-spacing: -0.01em;
  }
  .sign {
    width: 1.15rem;
    height: 1.15rem;
    border: 3px solid var(--_accent);
    border-inline-end-color: transparent;
    border-radius: 50%;
    rotate: -30deg;
  }
  main {
    display: grid;
    gap: 2.5rem clamp(2rem, 6vw, 6rem);
    margin-top: clamp(1.5rem, 5vw, 4.5rem);
  }
  @media (min-width: 60rem) {
    main {
      grid-template-columns: minmax(0, 5fr) minmax(26rem, 6fr);
      align-items: start;
    }
    .about {
      position: sticky;
      top: 4rem;
    }
  }
  h1 {
    max-width: 14ch;
    font-family: var(--_display);
    font-size: clamp(2.5rem, 1.6rem + 4vw, 4.1rem);
    font-weight: 460;
    line-height: 1.04;
    letter-spacing: -0.022em;
    text-wrap: balance;
  }
  .lead {
    max-width: 34ch;
    margin: 1.4rem 0 1.8rem;
    color: var(--_soft);
    font-size: 1.1875rem;
    line-height: 1.5;
  }
  .about ul {
    display: grid;
    gap: 0.8rem;
    max-width: 30rem;
  }
  .about li {
    display: grid;
    grid-template-columns: 1.4rem 1fr;
    gap: 0.6rem;
  }
  .about li svg {
    margin-top: 0.2em;
    color: var(--_accent);
  }
  .card {
    padding: clamp(1.25rem, 3vw, 2.25rem);
    border: 1px solid var(--_line);
    border-radius: 20px;
    background: var(--_card);
    box-shadow: var(--_shadow);
  }
  .title {
    font-family: var(--_display);
    font-size: var(--_size-xl);
    font-weight: 520;
    letter-spacing: -0.01em;
  }
  form {
    display: grid;
    gap: 1.25rem;
  }
  label,
  fieldset {
    display: grid;
    gap: 0.4rem;
  }
  label > span:first-child,
  legend {
    font-size: var(--_size-s);
    font-weight: 600;
  }
  label .soft,
  legend .soft {
    font-weight: 400;
    margin-inline-start: 0.35rem;
  }
  fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    margin-bottom: 0.4rem;
    padding: 0;
  }
  input,
  textarea,
  select {
    width: 100%;
  }
  ::placeholder {
    color: var(--_soft);
    opacity: 1;
  }
  .item {
    display: grid;
    grid-template-columns: 1.1rem minmax(0, 1fr) 6.6rem 2.5rem;
    align-items: center;
    gap: 0.5rem;
  }
  @media (max-width: 30rem) {
    .item {
      grid-template-columns: minmax(0, 1fr) 5.4rem 2rem;
      gap: 0.35rem;
    }
    .number {
      display: none;
    }
  }
  .minutes {
    white-space: nowrap;
    display: flex;
    align-items: center;
    gap: 0.4rem;
    font-size: var(--_size-s);
  }
  .minutes input {
    padding-inline: 0.5rem;
    text-align: end;
    appearance: textfield;
  }
  .minutes input::-webkit-inner-spin-button {
    appearance: none;
  }
  .add {
    justify-self: start;
    padding-inline: 0.6rem;
    color: var(--_accent-text);
  }
  summary {
    padding: 0.5rem 0;
    color: var(--_accent-text);
    font-size: var(--_size-s);
    font-weight: 600;
    cursor: pointer;
  }
  details[open] {
    display: grid;
    gap: 1rem;
  }
  details label + label,
  details[open] summary + label {
    margin-top: 0.75rem;
  }
  textarea {
    resize: vertical;
    line-height: 1.45;
  }
  .wide {
    min-height: 3.25rem;
    font-size: var(--_size-m);
  }
  .failure {
    padding: 0.75rem 1rem;
    border-radius: var(--_radius-s);
    background: var(--_alarm-soft);
    color: var(--_alarm);
    font-weight: 550;
  }
`;
