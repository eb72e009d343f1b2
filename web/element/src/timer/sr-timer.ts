import { SrTimerElement } from './sr-timer.component.js';

if (!customElements.get('sr-timer')) customElements.define('sr-timer', SrTimerElement);

declare global {
  interface HTMLElementTagNameMap {
    'sr-timer': SrTimerElement;
  }
}
