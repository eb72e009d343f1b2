import './sr-board-text.js';
import { SrCardElement } from './sr-card.component.js';

if (!customElements.get('sr-card')) customElements.define('sr-card', SrCardElement);

declare global {
  interface HTMLElementTagNameMap {
    'sr-card': SrCardElement;
  }
}
