import './wall-units.js';
import { SrProjectorElement } from './sr-projector.component.js';

if (!customElements.get('sr-projector')) customElements.define('sr-projector', SrProjectorElement);

declare global {
  interface HTMLElementTagNameMap {
    'sr-projector': SrProjectorElement;
  }
}
