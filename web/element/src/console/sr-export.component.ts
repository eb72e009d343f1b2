import { baseStyles, icon, tokenStyles } from '../index.js';
import { css, html } from 'lit';
import { say } from '../text/facilitation.js';
import { exportFormats } from './export.js';
import { TranslatedElement } from '../text/translated-element.js';

/**
 * The session's record as a file.
 * @event sr-export A format was chosen; the page, which has the token, fetches it.
 */
export class SrExportElement extends TranslatedElement {
  static override styles = [
    tokenStyles,
    baseStyles,
    css`
      .formats {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }
    `,
  ];

  protected override render() {
    return html`<div class="formats" role="group" aria-label=${say('export.label')}>
      ${exportFormats.map(
        (format) =>
          html`<button
            title=${say(`export.${format}.hint`)}
            @click=${() => this.dispatchEvent(new CustomEvent('sr-export', { detail: format, bubbles: true, composed: true }))}
          >
            ${icon('down')}${say(`export.${format}`)}
          </button>`,
      )}
    </div>`;
  }
}
