import './sr-board-text.js';
import { SrMinutesElement } from './sr-minutes.component.js';

if (!customElements.get('sr-minutes')) customElements.define('sr-minutes', SrMinutesElement);

declare global {
  interface HTMLElementTagNameMap {
    'sr-minutes': SrMinutesElement;
  }
}
