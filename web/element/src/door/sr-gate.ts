import { SrGateElement } from './sr-gate.component.js';

if (!customElements.get('sr-gate')) customElements.define('sr-gate', SrGateElement);

declare global {
  interface HTMLElementTagNameMap {
    'sr-gate': SrGateElement;
  }
}
