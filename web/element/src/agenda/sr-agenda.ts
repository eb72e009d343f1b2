import { SrAgendaElement } from './sr-agenda.component.js';

if (!customElements.get('sr-agenda')) customElements.define('sr-agenda', SrAgendaElement);

declare global {
  interface HTMLElementTagNameMap {
    'sr-agenda': SrAgendaElement;
  }
}
