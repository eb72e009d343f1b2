import { roles, type Person, type Role, type RoomCommand } from '@session-room/client';
import { html, nothing } from 'lit';
import { messages, t } from '../text/messages.js';
import { personActionsEnglish } from './person-actions.en.js';

const { t: say } = messages(personActionsEnglish);

export interface PersonActions {
  you: string | undefined;
  /** The agreement's current version, where the room has one: the holder of a seat accepts it for its person. */
  agreement: number | undefined;
  /** The remove button was pressed once and asks whether it was meant. */
  removing: boolean;
  order(command: RoomCommand): void;
  askToRemove(): void;
}

/** What a facilitator may do for or with one person. */
export function personActions(
  pid: string,
  person: Person,
  { you, agreement, removing, order, askToRemove }: PersonActions,
) {
  const watches = person.role === 'observer' || person.role === 'projector';
  const rename = (event: SubmitEvent) => {
    event.preventDefault();
    const name = new FormData(event.target as HTMLFormElement).get('name');
    if (typeof name === 'string' && name.trim()) order({ type: 'people.rename', pid, name: name.trim() });
  };
  return html`<div class="actions">
    ${
      watches
        ? nothing
        : html`<div class="row">
            ${
              person.seatOf === you && you !== undefined && person.agreed === false && agreement !== undefined
                ? html`<button
                    class="small"
                    @click=${() => order({ type: 'agreement.accept', version: agreement, pid })}
                  >
                    ${say('people.agrees')}
                  </button>`
                : nothing
            }
            <button class="small" @click=${() => order({ type: 'floor.give', pid })}>${say('people.give')}</button>
            ${
              person.hand
                ? html`<button class="small" @click=${() => order({ type: 'hand.lower', pid })}>
                    ${say('people.lower')}
                  </button>`
                : html`<button class="small" @click=${() => order({ type: 'hand.raise', pid })}>
                    ${say('people.raise')}
                  </button>`
            }
            ${
              pid === you || person.hand || person.seatOf
                ? nothing
                : html`<button class="small" @click=${() => order({ type: 'queue.invite', pid })}>
                    ${say('people.invite')}
                  </button>`
            }
          </div>`
    }
    <form class="row" @submit=${rename}>
      <input name="name" dir="auto" aria-label=${say('people.name')} .value=${person.name} maxlength="80" required />
      <button class="small">${say('people.rename.save')}</button>
    </form>
    <div class="row">
      <label class="row small">
        ${say('people.role')}
        <select
          .value=${person.role}
          @change=${(event: Event) =>
            order({ type: 'role.assign', pid, role: (event.target as HTMLSelectElement).value as Role })}
        >
          ${roles.map((role) => html`<option value=${role} ?selected=${role === person.role}>${t(`role.${role}`)}</option>`)}
        </select>
      </label>
      ${
        pid === you
          ? nothing
          : html`<button
              class="small danger"
              @click=${() => (removing ? order({ type: 'people.remove', pid }) : askToRemove())}
            >
              ${removing ? say('people.remove.sure') : say('people.remove')}
            </button>`
      }
    </div>
  </div>`;
}
