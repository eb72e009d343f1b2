import { SrSignalsElement } from './sr-signals.component.js';

if (!customElements.get('sr-signals')) customElements.define('sr-signals', SrSignalsElement);
