import type { Person } from '@session-room/client';
import { css, html, nothing } from 'lit';
import { baseStyles, icon, RoomPart, tokenStyles } from '../index.js';
import { say } from '../text/facilitation.js';

const speaks: readonly Person['role'][] = ['noteTaker', 'member', 'guest'];

/** Who is here and has not spoken yet, with one press to ask each whether they want to. */
export class SrQuietElement extends RoomPart {
  static override styles = [
    tokenStyles,
    baseStyles,
    css`
      ul {
        display: grid;
        gap: 0.15rem;
        max-height: 14rem;
        overflow: auto;
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: center;
        gap: 0.5rem;
        min-height: 2.5rem;
      }
      .asked {
        display: inline-flex;
        align-items: center;
        gap: 0.3em;
        color: var(--_soft);
        font-size: var(--_size-xs);
        font-weight: 600;
      }
    `,
  ];

  /** Who could be asked next, or false when everybody was heard or was asked already. */
  focusFirst(): boolean {
    const first = this.renderRoot.querySelector<HTMLElement>('button');
    first?.focus();
    return first !== null;
  }

  protected override render() {
    const { state } = this;
    if (!state) return nothing;
    const silent = Object.entries(state.people).filter(
      ([pid, person]) =>
        !person.turns &&
        speaks.includes(person.role) &&
        (person.online !== false || person.seatOf !== undefined) &&
        state.floor?.pid !== pid,
    );
    if (silent.length === 0) return html`<p class="soft small">${say('quiet.none')}</p>`;
    return html`<ul>
      ${silent.map(([pid, person]) => html`<li><bdi>${person.name}</bdi>${this.action(pid, person)}</li>`)}
    </ul>`;
  }

  /** Nobody answers on a seat's own device: whoever sees the nod raises the hand. */
  private action(pid: string, person: Person) {
    const { name } = person;
    if (person.hand) return html`<span class="asked">${icon('hand')}${say('quiet.hand')}</span>`;
    if (person.invitedAt !== undefined) return html`<span class="asked">${icon('check')}${say('quiet.asked')}</span>`;
    const seat = person.seatOf !== undefined;
    return html`<button
      class="small"
      aria-label=${say(seat ? 'quiet.raise.of' : 'quiet.invite.of', { name })}
      @click=${() => this.order(seat ? { type: 'hand.raise', pid } : { type: 'queue.invite', pid })}
    >
      ${say(seat ? 'quiet.raise' : 'quiet.invite')}
    </button>`;
  }
}
