import { SrPeopleElement } from './sr-people.component.js';

if (!customElements.get('sr-people')) customElements.define('sr-people', SrPeopleElement);

declare global {
  interface HTMLElementTagNameMap {
    'sr-people': SrPeopleElement;
  }
}
