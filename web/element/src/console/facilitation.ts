/** What only a facilitator's or note-taker's screen needs; loaded when one of them is in front of it. */
import { SrConsoleElement } from './sr-console.component.js';
import { SrExportElement } from './sr-export.component.js';
import { SrKeysElement } from './sr-keys.component.js';
import { SrLedgerElement } from './sr-ledger.component.js';
import { SrLinksElement } from './sr-links.component.js';
import { SrQuietElement } from './sr-quiet.component.js';
import { SrSeatsElement } from './sr-seats.component.js';

if (!customElements.get('sr-console')) customElements.define('sr-console', SrConsoleElement);
if (!customElements.get('sr-export')) customElements.define('sr-export', SrExportElement);
if (!customElements.get('sr-keys')) customElements.define('sr-keys', SrKeysElement);
if (!customElements.get('sr-ledger')) customElements.define('sr-ledger', SrLedgerElement);
if (!customElements.get('sr-links')) customElements.define('sr-links', SrLinksElement);
if (!customElements.get('sr-quiet')) customElements.define('sr-quiet', SrQuietElement);
if (!customElements.get('sr-seats')) customElements.define('sr-seats', SrSeatsElement);
