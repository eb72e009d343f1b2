import { SrFloorElement } from './sr-floor.component.js';

if (!customElements.get('sr-floor')) customElements.define('sr-floor', SrFloorElement);

declare global {
  interface HTMLElementTagNameMap {
    'sr-floor': SrFloorElement;
  }
}
