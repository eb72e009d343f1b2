import './sr-card.js';
import './sr-minutes.js';
import { SrBoardElement } from './sr-board.component.js';

if (!customElements.get('sr-board')) customElements.define('sr-board', SrBoardElement);

declare global {
  interface HTMLElementTagNameMap {
    'sr-board': SrBoardElement;
  }
}
