import { baseStyles, CommandEvent, tokenStyles } from '@session-room/element';
import type { RoomState } from '@session-room/client';
import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { say } from '../text/room.js';

/**
 * What everyone agrees to before they see the room.
 * @event sr-command The agreement was accepted.
 * @event sr-decline The person would rather not enter.
 */
export class SrGateElement extends LitElement {
  static override styles = [
    tokenStyles,
    baseStyles,
    css`
      main {
        display: grid;
        align-content: center;
        gap: 1.25rem;
        max-width: 40rem;
        min-height: 100dvh;
        margin: 0 auto;
        padding: 2rem 1.25rem;
      }
      h1 {
        font-family: var(--_display);
        font-size: var(--_size-xxl);
        font-weight: 480;
        line-height: 1.1;
        letter-spacing: -0.015em;
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

  protected override render() {
    const room = this.state?.room;
    if (!room) return nothing;
    const version = room.agreement?.version ?? 1;
    return html`<main>
      <h1>${say('gate.title')}</h1>
      <p class="soft">${say('gate.lead', { title: room.title })}</p>
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
    </main>`;
  }
}
