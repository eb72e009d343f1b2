/** What only a facilitator's screen needs; loaded when there is a facilitator in front of it. */
import { SrConsoleElement } from './sr-console.component.js';
import { SrSeatsElement } from './sr-seats.component.js';

if (!customElements.get('sr-console')) customElements.define('sr-console', SrConsoleElement);
if (!customElements.get('sr-seats')) customElements.define('sr-seats', SrSeatsElement);
