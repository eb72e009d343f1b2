import { SrHandsElement } from './sr-hands.component.js';

if (!customElements.get('sr-hands')) customElements.define('sr-hands', SrHandsElement);

declare global {
  interface HTMLElementTagNameMap {
    'sr-hands': SrHandsElement;
  }
}
