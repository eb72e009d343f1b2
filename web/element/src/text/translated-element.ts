import { LitElement } from 'lit';
import { currentLocale, onLanguage } from './languages.js';

/** What shows words: drawn anew when another language is used. */
export class TranslatedElement extends LitElement {
  private drawnIn = currentLocale();
  private ignoreLanguage?: () => void;

  override connectedCallback(): void {
    super.connectedCallback();
    this.ignoreLanguage = onLanguage(this.reword);
    if (this.drawnIn !== currentLocale()) this.reword();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ignoreLanguage?.();
  }

  private readonly reword = (): void => {
    this.drawnIn = currentLocale();
    this.requestUpdate();
  };
}
