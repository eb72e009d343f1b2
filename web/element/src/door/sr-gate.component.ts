import { baseStyles, CommandEvent, tokenStyles } from '../index.js';
import type { RoomState } from '@session-room/client';
import { css, html, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { say } from '../text/door.js';
import { TranslatedElement } from '../text/translated-element.js';
import { headingStyles } from './heading.styles.js';

/**
 * What everyone agrees to before they see the room.
 * @event sr-command The agreement was accepted.
 * @event sr-decline The person would rather not enter.
 */
export class SrGateElement extends TranslatedElement {
  static override styles = [
    tokenStyles,
    baseStyles,
    headingStyles,
    css`
      .main {
        display: grid;
        align-content: center;
        gap: 1.25rem;
        max-width: 40rem;
        min-height: var(--sr-min-height, 0);
        margin: 0 auto;
        padding: 2rem 1.25rem;
      }
      blockquote {
        margin: 0;
        padding: 1.5rem 1.75rem;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        background: var(--_card);
        font-family: var(--_display);
        font-size: var(--_size-l);
        line-height: 1.5;
        white-space: pre-line;
      }
      :host([wall]) {
        container: wall / size;
        height: 100%;
        aspect-ratio: 16 / 9;
        max-height: 100dvh;
      }
      :host([wall]) .main {
        max-width: 80cqw;
        height: 100%;
        min-height: 0;
        gap: 4cqh;
        overflow: auto;
      }
      :host([wall]) .wait {
        color: var(--_accent-text);
        font-size: 6cqh;
        font-weight: 650;
        line-height: 1.15;
      }
      :host([wall]) h1 {
        font-size: 4.4cqh;
      }
      :host([wall]) blockquote {
        max-height: 50cqh;
        overflow: auto;
        font-size: 3.6cqh;
      }
      :host([wall]) .choice button {
        min-height: 9cqh;
        font-size: 3.6cqh;
      }
      .choice {
        display: flex;
        flex-wrap: wrap;
        gap: 0.75rem;
      }
      .choice button {
        min-height: 3.25rem;
        flex: 1 1 12rem;
        font-size: var(--_size-m);
      }
    `,
  ];

  @property({ attribute: false }) state?: RoomState;
  /** A screen that a room looks at: large, and its one key press is the next. */
  @property({ type: Boolean, reflect: true }) wall = false;
  /** It is all there is on a page of its own: the page's landmark and its first heading are in here. */
  @property({ type: Boolean }) page = false;

  protected override updated(changed: PropertyValues<this>): void {
    if (this.wall && changed.has('wall')) this.renderRoot.querySelector<HTMLElement>('.primary')?.focus();
  }

  protected override render() {
    const room = this.state?.room;
    if (!room) return nothing;
    const version = room.agreement?.version ?? 1;
    const { page } = this;
    const level = page ? nothing : 2;
    return html`<div class="main" role=${page ? 'main' : nothing}>
      ${
        this.wall
          ? html`<p class="wait" role="status">${say('gate.wall')}</p>
              <h1 aria-level=${level}>${say('gate.lead', { title: room.title })}</h1>`
          : html`<h1 tabindex="-1" aria-level=${level}>${say('gate.title')}</h1>
              <p class="soft">${say('gate.lead', { title: room.title })}</p>`
      }
      <blockquote dir="auto">${room.agreement?.text}</blockquote>
      <div class="choice">
        <button
          class="primary"
          @click=${() => this.dispatchEvent(new CommandEvent({ type: 'agreement.accept', version }))}
        >
          ${say('gate.accept')}
        </button>
        <button @click=${() => this.dispatchEvent(new CustomEvent('sr-decline'))}>${say('gate.leave')}</button>
      </div>
    </div>`;
  }
}
