import type { Ending } from '@session-room/client';
import { baseStyles, tokenStyles } from '../index.js';
import { css, html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { say } from '../text/door.js';
import { TranslatedElement } from '../text/translated-element.js';
import { headingStyles } from './heading.styles.js';

/** After these the same invite may do better at another press. */
const passing: readonly string[] = ['expired', 'too_large'] satisfies Ending[];

/**
 * Why there is no room on this page: how a visit ended, that there was no link, or that the agreement was declined; and
 * the way back, where there is one.
 * @event sr-again The person wants to come back, or to try the same invitation once more.
 */
export class SrSheetElement extends TranslatedElement {
  static override styles = [
    tokenStyles,
    baseStyles,
    headingStyles,
    css`
      .main {
        display: grid;
        gap: 0.8rem;
        justify-items: start;
        max-width: 34rem;
        margin: 0 auto;
        padding: clamp(2rem, calc(var(--sr-min-height, 0px) * 0.14), 9rem) 1.25rem 2rem;
      }
      a {
        color: var(--_accent-text);
        font-weight: 600;
      }
    `,
  ];

  @property() why: Ending | 'none' | 'declined' = 'none';
  /** Where the way out leads, if there is one. */
  @property() home?: string;
  /** The page still has the invitation. */
  @property({ type: Boolean }) invited = false;
  /** It is all there is on a page of its own: the page's landmark and its first heading are in here. */
  @property({ type: Boolean }) page = false;

  protected override render() {
    const { page } = this;
    return html`<div class="main" role=${page ? 'main' : nothing}>
      <h1 tabindex="-1" aria-level=${page ? nothing : 2}>${say(`end.${this.why}.title`)}</h1>
      <p class="soft">${say(`end.${this.why}`)}</p>
      ${
        this.why === 'left' || (this.invited && passing.includes(this.why))
          ? html`<button class="primary" @click=${() => this.dispatchEvent(new CustomEvent('sr-again'))}>
              ${say(this.why === 'left' ? 'end.left.again' : 'end.again')}
            </button>`
          : this.home
            ? html`<a href=${this.home}>${say('join.home')}</a>`
            : nothing
      }
    </div>`;
  }
}
