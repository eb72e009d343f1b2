import { css } from 'lit';
import { hueStyles } from './hues.styles.js';

export const boardTextStyles = [
  hueStyles,
  css`
    .label {
      display: block;
      margin-bottom: 0.2rem;
      color: var(--_soft);
      font-size: var(--_size-xs);
      font-weight: 600;
    }
    :host([unlabelled]) .label {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .box {
      position: relative;
      display: grid;
    }
    /* The same letters on the same lines: whatever moves a letter in the one has to in the other. */
    .mirror,
    textarea {
      grid-area: 1 / 1;
      min-width: 0;
      min-height: var(--sr-board-text-height, 2.5rem);
      margin: 0;
      padding: 0.45rem 0.65rem;
      border: 1px solid transparent;
      font: inherit;
      font-size: var(--sr-board-text-size, var(--_size-s));
      font-weight: var(--sr-board-text-weight, 400);
      line-height: 1.45;
      letter-spacing: normal;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
      unicode-bidi: plaintext;
      text-align: start;
    }
    textarea {
      resize: none;
      overflow: hidden;
      border-color: var(--_edge);
      background: var(--_card);
    }
    textarea::placeholder {
      color: var(--_soft);
      opacity: 1;
    }
    .mirror {
      z-index: 1;
      color: transparent;
      pointer-events: none;
    }
    [data-plain] .mirror {
      min-height: 0;
      padding: 0;
      border: 0;
      color: inherit;
      pointer-events: auto;
    }
    .caret {
      position: absolute;
      width: 2px;
      height: 1.3em;
      margin-inline-start: -1px;
      background: var(--hue);
    }
    .flag {
      position: absolute;
      bottom: 100%;
      inset-inline-start: 0;
      max-width: 9rem;
      padding: 0 0.35em;
      border-radius: 0.35em;
      border-end-start-radius: 0;
      background: var(--hue);
      color: var(--_card);
      font-size: 0.6875rem;
      font-weight: 650;
      line-height: 1.4;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .selected {
      border-radius: 2px;
      background: color-mix(in srgb, var(--hue) 28%, transparent);
    }
    @media (forced-colors: active) {
      .caret {
        background: CanvasText;
      }
      .flag {
        border: 1px solid CanvasText;
      }
      .selected {
        outline: 1px dashed CanvasText;
      }
    }
  `,
];
