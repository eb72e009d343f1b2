import '../text/translations.js';
import { SrLanguageElement } from './sr-language.component.js';

if (!customElements.get('sr-language')) customElements.define('sr-language', SrLanguageElement);
