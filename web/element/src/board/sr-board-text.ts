import { SrBoardTextElement } from './sr-board-text.component.js';

if (!customElements.get('sr-board-text')) customElements.define('sr-board-text', SrBoardTextElement);

declare global {
  interface HTMLElementTagNameMap {
    'sr-board-text': SrBoardTextElement;
  }
}
