/** What only a facilitator's or note-taker's screen needs; loaded when one of them is in front of it. */
import { SrConsoleElement } from './sr-console.component.js';
import { SrExportElement } from './sr-export.component.js';
import { SrSeatsElement } from './sr-seats.component.js';

if (!customElements.get('sr-console')) customElements.define('sr-console', SrConsoleElement);
if (!customElements.get('sr-export')) customElements.define('sr-export', SrExportElement);
if (!customElements.get('sr-seats')) customElements.define('sr-seats', SrSeatsElement);
