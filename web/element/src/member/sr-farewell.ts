import { SrFarewellElement } from './sr-farewell.component.js';

if (!customElements.get('sr-farewell')) customElements.define('sr-farewell', SrFarewellElement);

declare global {
  interface HTMLElementTagNameMap {
    'sr-farewell': SrFarewellElement;
  }
}
