import { css } from 'lit';

export const createdStyles = css`
  .title {
    font-family: var(--_display);
    font-size: var(--_size-xl);
    font-weight: 520;
    letter-spacing: -0.01em;
  }
  .open {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.6rem;
    min-height: 3.25rem;
    margin: 1.25rem 0;
    border-radius: var(--_radius-s);
    background: var(--_accent);
    color: var(--_accent-ink);
    font-weight: 650;
    text-decoration: none;
  }
  .hint {
    margin-bottom: 0.5rem;
  }
  li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.4rem 0.6rem;
    padding: 0.9rem 0;
    border-top: 1px solid var(--_line);
  }
  .what {
    grid-column: 1 / -1;
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.6rem;
  }
  input {
    min-width: 0;
    color: var(--_soft);
    font-size: var(--_size-s);
    text-overflow: ellipsis;
  }
  figure {
    display: grid;
    justify-items: center;
    gap: 0.6rem;
    margin: 1.25rem 0;
    padding: 1.5rem;
    border-radius: var(--_radius);
    background: var(--_sunken);
    text-align: center;
  }
  .frame {
    width: min(100%, 13rem);
    aspect-ratio: 1;
    border-radius: 10px;
    overflow: hidden;
    background: #fff;
    forced-color-adjust: none;
  }
  .qr {
    display: block;
    width: 100%;
    height: 100%;
  }
`;
