import { baseStyles, cardStyles, icon, RoomPart, tokenStyles } from '../index.js';
import { css, html, nothing } from 'lit';
import { say } from '../text/facilitation.js';

/** People in the room without a device: one press raises or lowers the hand of each. */
export class SrSeatsElement extends RoomPart {
  static override styles = [
    tokenStyles,
    baseStyles,
    cardStyles,
    css`
      :host([empty]) {
        display: none;
      }
      .seats {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }
      button[aria-pressed='true'] {
        border-color: transparent;
        background: var(--_accent);
        color: var(--_accent-ink);
      }
      button[aria-pressed='true']:hover {
        background: var(--_accent);
      }
    `,
  ];

  protected override render() {
    const seats = Object.entries(this.state?.people ?? {}).filter(([, { seatOf }]) => seatOf !== undefined);
    this.toggleAttribute('empty', seats.length === 0);
    if (seats.length === 0) return nothing;
    return html`
      <div class="head">
        <h2>${say('seats.title')}</h2>
        <span class="soft small">${say('seats.hint')}</span>
      </div>
      <div class="seats">
        ${seats.map(
          ([pid, person]) =>
            html`<button
              aria-pressed=${person.hand !== undefined}
              @click=${() => this.order({ type: person.hand ? 'hand.lower' : 'hand.raise', pid })}
            >
              ${icon(person.hand ? 'hand' : 'inRoom')}<bdi>${person.name}</bdi>
            </button>`,
        )}
      </div>
    `;
  }
}
