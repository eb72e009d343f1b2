import { css } from 'lit';

/** Who is who among carets and names. A name always stands beside the hue. */
export const hueStyles = css`
  [data-hue] {
    --hue: var(--_accent-text);
    --tint: var(--_accent-soft);
  }
  [data-hue='1'] {
    --hue: var(--_warm);
    --tint: var(--_warm-soft);
  }
  [data-hue='2'] {
    --hue: var(--_plum);
    --tint: var(--_plum-soft);
  }
  [data-hue='3'] {
    --hue: var(--_alarm);
    --tint: var(--_alarm-soft);
  }
  [data-hue='4'] {
    --hue: var(--_ink);
    --tint: var(--_sunken);
  }
`;
