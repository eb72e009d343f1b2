import { SrQueueElement } from './sr-queue.component.js';

if (!customElements.get('sr-queue')) customElements.define('sr-queue', SrQueueElement);

declare global {
  interface HTMLElementTagNameMap {
    'sr-queue': SrQueueElement;
  }
}
