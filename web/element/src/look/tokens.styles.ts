import { css, unsafeCSS } from 'lit';

/**
 * The look's vocabulary. A host restyles by setting `--sr-<name>` on any ancestor; inside, everything uses
 * `--_<name>`. Each colour is a pair, for light and for dark, chosen by the inherited `color-scheme`.
 */
const tokens: Record<string, string> = {
  paper: 'light-dark(#f7f3ec, #171410)',
  card: 'light-dark(#fffdf9, #211d18)',
  sunken: 'light-dark(#f0eae0, #2b2620)',
  ink: 'light-dark(#241f19, #f3ede3)',
  soft: 'light-dark(#655b4e, #b9ae9f)',
  line: 'light-dark(#e3dacb, #3b352d)',
  edge: 'light-dark(#8f8475, #857b6d)',
  accent: 'light-dark(#1d5c4f, #8fd0bd)',
  'accent-ink': 'light-dark(#ffffff, #0e2923)',
  'accent-soft': 'light-dark(#e0ece6, #1f3b34)',
  'accent-text': 'light-dark(#184d42, #a5dccb)',
  warm: 'light-dark(#8a4b00, #f0b866)',
  'warm-soft': 'light-dark(#fbebd2, #42301a)',
  alarm: 'light-dark(#9c2f1f, #f59a86)',
  'alarm-ink': 'light-dark(#ffffff, #33100a)',
  'alarm-soft': 'light-dark(#fae3dc, #472019)',
  plum: 'light-dark(#6a3a67, #dcabd8)',
  'plum-soft': 'light-dark(#f2e6f0, #3b263a)',
  focus: 'light-dark(#1d5c4f, #a5dccb)',
  shadow:
    '0 1px 2px light-dark(rgb(70 50 20 / 7%), rgb(0 0 0 / 40%)), 0 8px 24px -18px light-dark(rgb(70 50 20 / 30%), rgb(0 0 0 / 60%))',
  text: "'Figtree Variable', 'Figtree', system-ui, -apple-system, 'Segoe UI', sans-serif",
  display: "'Newsreader Variable', 'Newsreader', 'Iowan Old Style', 'Palatino Linotype', Georgia, serif",
  'size-xs': '0.8125rem',
  'size-s': '0.9375rem',
  'size-m': '1.0625rem',
  'size-l': '1.3125rem',
  'size-xl': '1.75rem',
  'size-xxl': '2.375rem',
  radius: '14px',
  'radius-s': '9px',
  gap: '1rem',
};

export const tokenStyles = css`
  :host {
    ${unsafeCSS(
      Object.entries(tokens)
        .map(([name, value]) => `--_${name}: var(--sr-${name}, ${value});`)
        .join('\n'),
    )}
    color: var(--_ink);
    font-family: var(--_text);
    font-size: var(--_size-m);
    line-height: 1.45;
  }
`;
