import { SrSheetElement } from './sr-sheet.component.js';

if (!customElements.get('sr-sheet')) customElements.define('sr-sheet', SrSheetElement);

declare global {
  interface HTMLElementTagNameMap {
    'sr-sheet': SrSheetElement;
  }
}
