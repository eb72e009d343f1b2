import { SrCompactElement } from './sr-compact.component.js';

if (!customElements.get('sr-compact')) customElements.define('sr-compact', SrCompactElement);

declare global {
  interface HTMLElementTagNameMap {
    'sr-compact': SrCompactElement;
  }
}
