import type { ConnectionStatus, RoomCommand } from '@session-room/client';
import { baseStyles, tokenStyles } from '../index.js';
import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import { say } from '../text/room.js';
import { TranslatedElement } from '../text/translated-element.js';

/** Whether this device hears the room, and what it still has to tell it. Said quietly; it never blocks anything. */
export class SrLinkElement extends TranslatedElement {
  static override styles = [
    tokenStyles,
    baseStyles,
    css`
      :host {
        display: inline-block;
        font-size: var(--_size-xs);
      }
      .link {
        display: inline-flex;
        align-items: center;
        gap: 0.45rem;
        color: var(--_soft);
      }
      .dot {
        width: 0.6rem;
        height: 0.6rem;
        flex: none;
        border-radius: 50%;
        background: var(--_accent);
      }
      [data-phase='reconnecting'],
      [data-phase='connecting'] {
        padding: 0.25rem 0.7rem;
        border-radius: 99px;
        background: var(--_warm-soft);
        color: var(--_warm);
        font-weight: 600;
      }
      [data-phase='reconnecting'] .dot,
      [data-phase='connecting'] .dot {
        border: 2px solid currentColor;
        background: transparent;
        animation: breathe 1.6s ease-in-out infinite;
      }
      @keyframes breathe {
        50% {
          opacity: 0.25;
        }
      }
    `,
  ];

  @property({ attribute: false }) status: ConnectionStatus = { phase: 'connecting', waiting: [], delayed: false };

  protected override render() {
    const { phase, waiting, delayed } = this.status;
    const live = phase === 'live';
    return html`<span class="link" role="status" data-phase=${phase}>
      <span class="dot" aria-hidden="true"></span>
      <span>${say(live ? 'link.live' : 'link.reconnecting')} ${live && !delayed ? '' : this.waiting(waiting)}</span>
    </span>`;
  }

  private waiting(commands: readonly RoomCommand[]): string {
    if (commands.length === 0) return '';
    const names = new Set(
      commands.map(({ type }) =>
        type === 'hand.raise' || type === 'hand.lower' ? say(`command.${type}`) : say('command.other'),
      ),
    );
    return say('link.waiting', { n: commands.length, what: [...names].join(', ') });
  }
}
