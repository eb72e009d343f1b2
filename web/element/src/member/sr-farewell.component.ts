import { css, html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { baseStyles, tokenStyles } from '../index.js';
import { farewellEnglish } from '../text/farewell.en.js';
import { messages } from '../text/messages.js';
import { TranslatedElement } from '../text/translated-element.js';

const { t: say } = messages(farewellEnglish);

/**
 * The quiet after somebody left, and the way back.
 * @event sr-again The person wants to come back.
 */
export class SrFarewellElement extends TranslatedElement {
  static override styles = [
    tokenStyles,
    baseStyles,
    css`
      .main {
        display: grid;
        gap: 0.8rem;
        justify-items: start;
        max-width: 34rem;
        margin: 0 auto;
        padding: clamp(2rem, calc(var(--sr-min-height, 0px) * 0.14), 9rem) 1.25rem 2rem;
      }
      h1 {
        font-family: var(--_display);
        font-size: var(--_size-xxl);
        font-weight: 480;
        line-height: 1.1;
        letter-spacing: -0.015em;
      }
      button {
        margin-top: 0.5rem;
      }
    `,
  ];

  @property({ type: Boolean }) page = false;

  protected override render() {
    const { page } = this;
    return html`<div class="main" role=${page ? 'main' : nothing}>
      <h1 tabindex="-1" aria-level=${page ? nothing : 2}>${say('farewell.title')}</h1>
      <p class="soft">${say('farewell.text')}</p>
      <button class="primary" @click=${() => this.dispatchEvent(new CustomEvent('sr-again'))}>
        ${say('farewell.again')}
      </button>
    </div>`;
  }
}
