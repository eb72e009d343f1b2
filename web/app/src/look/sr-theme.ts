import { SrThemeElement } from './sr-theme.component.js';

if (!customElements.get('sr-theme')) customElements.define('sr-theme', SrThemeElement);
