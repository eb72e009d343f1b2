import { roles, type Person } from '@session-room/client';
import { html, nothing, type PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { RoomPart } from '../part.js';
import { baseStyles } from '../look/base.styles.js';
import { icon } from '../look/icons.js';
import { intentName } from '../look/intent.js';
import { placeMark, placeStyles } from '../look/place.js';
import { tokenStyles } from '../look/tokens.styles.js';
import { t } from '../text/messages.js';
import { roughly } from '../text/time.js';
import type { personActions } from './person-actions.js';
import { peopleStyles } from './sr-people.styles.js';

/** Who is here, as what, and how much each has spoken. A facilitator opens one to act for or on them. */
export class SrPeopleElement extends RoomPart {
  static override styles = [tokenStyles, baseStyles, placeStyles, peopleStyles];

  @state() private opened?: string;
  @state() private removing = false;
  /** Loaded for facilitators only: the others' screens need none of it. */
  @state() private actions?: typeof personActions;

  protected override async willUpdate(changed: PropertyValues<this>): Promise<void> {
    if (changed.has('manage') && this.manage) this.actions ??= (await import('./person-actions.js')).personActions;
  }

  protected override render() {
    if (!this.state) return nothing;
    const people = Object.entries(this.state.people).sort(
      ([, a], [, b]) => rank(a) - rank(b) || a.name.localeCompare(b.name),
    );
    const here = people.filter(([, person]) => isHere(person)).length;
    return html`
      <div class="head">
        <h2>${t('people.title')}</h2>
        <span class="soft small figures">${t('people.count', { online: here })}</span>
      </div>
      <ul>
        ${repeat(
          people,
          ([pid]) => pid,
          ([pid, person]) => this.person(pid, person),
        )}
      </ul>
    `;
  }

  private person(pid: string, person: Person) {
    const open = this.opened === pid;
    return html`<li ?data-away=${!isHere(person)}>
      <span class="initials" aria-hidden="true" ?data-up=${person.hand}>
        ${person.hand ? icon('hand') : initials(person.name)}
      </span>
      <span class="text">
        <span class="line">
          <bdi class="name">${person.name}</bdi>
          ${pid === this.you ? html`<span class="soft small">(${t('people.you')})</span>` : nothing}
          ${placeMark(person.place)}
        </span>
        <span class="soft small">${this.facts(person)}</span>
      </span>
      <span class="talk soft small figures">${this.talk(person)}</span>
      ${
        this.manage
          ? html`<button
              class="quiet small icon"
              aria-expanded=${open}
              aria-label=${t('people.actions', { name: person.name })}
              @click=${() => this.open(open ? undefined : pid)}
            >
              ${icon('more')}
            </button>`
          : nothing
      }
      ${
        this.manage && open
          ? this.actions?.(pid, person, {
              you: this.you,
              agreement: this.state?.room.agreement?.version,
              removing: this.removing,
              order: (command) => {
                this.order(command);
                this.open(undefined);
              },
              askToRemove: () => (this.removing = true),
            })
          : nothing
      }
    </li>`;
  }

  private open(pid: string | undefined): void {
    this.opened = pid;
    this.removing = false;
  }

  private facts(person: Person): string {
    const holder = person.seatOf === undefined ? undefined : t('people.seat');
    return [
      t(`role.${person.role}`),
      holder,
      !isHere(person) ? t('people.away') : undefined,
      person.agreed === false ? t('people.unagreed') : undefined,
      person.hand ? t('people.hand', { intent: intentName(person.hand.intent) }) : undefined,
    ]
      .filter(Boolean)
      .join(' · ');
  }

  private talk(person: Person) {
    if (person.role === 'observer' || person.role === 'projector') return nothing;
    const turns = t('people.turns', { n: person.turns ?? 0 });
    return html`${turns} ${(person.talkMs ?? 0) >= 1000 ? html`<br />${roughly(person.talkMs ?? 0)}` : nothing}`;
  }
}

/** A seat is where its person is, whatever its device does. */
function isHere(person: Person): boolean {
  return person.online !== false || person.seatOf !== undefined;
}

function rank(person: Person): number {
  return (isHere(person) ? 0 : 100) + roles.indexOf(person.role);
}

function initials(name: string): string {
  // What cannot be seen, or turns what follows around, is no initial.
  const words = name
    .replace(/\p{Cf}/gu, '')
    .trim()
    .split(/\s+/);
  const first = [...(words[0] ?? '')][0] ?? '?';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toUpperCase();
}
