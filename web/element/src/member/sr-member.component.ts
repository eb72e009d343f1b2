import type { ConnectionStatus } from '@session-room/client';
import type { BoardSource } from '@session-room/client/board';
import { baseStyles, icon, RoomPart, timeOfDay, tokenStyles } from '../index.js';
import { html, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { SrHandsElement } from '../index.js';
import { maySpeak } from '../hands/sr-hands.component.js';
import { listenForSpace, spaceKey } from '../hands/space.js';
import { say } from '../text/room.js';
import { read, storageOf, write } from '../store.js';
import type { RoomLinks } from '../console/sr-links.component.js';
import { memberStyles } from './sr-member.styles.js';

/**
 * The room as a participant sees it, from a phone to a desktop. A facilitator gets the console beside it.
 * @event sr-leave The person wants to leave.
 * @slot board The board's place, under the queue.
 * @slot tools The page's own buttons, in the header.
 * @csspart header
 * @csspart floor Who speaks.
 * @csspart timer
 * @csspart hand
 * @csspart queue
 * @csspart agenda
 * @csspart seats
 * @csspart people
 * @csspart console
 */
export class SrMemberElement extends RoomPart {
  static override styles = [tokenStyles, baseStyles, memberStyles];

  @property({ attribute: false }) status: ConnectionStatus = { phase: 'connecting', waiting: [], delayed: false };
  /** For the console; what is in the slot shows it. */
  @property({ attribute: false }) board?: BoardSource;
  /** For the console: what can be handed out. */
  @property({ attribute: false }) links?: RoomLinks;
  /** It is all there is on a page of its own: the page's landmarks and its first heading are in here. */
  @property({ type: Boolean }) page = false;
  /** Whether the space bar is the hand's, or the page's as everywhere else. Remembered in this browser. */
  @state() private space = read(storageOf('localStorage'), spaceKey) !== 'off';
  @query('sr-hands') private readonly hands?: SrHandsElement;

  constructor() {
    super();
    listenForSpace(this, () => this.space && this.hands?.toggle());
  }

  protected override firstUpdated(): void {
    // What nobody misses in the first seconds comes after the room and its board.
    setTimeout(() => void import('./sr-signals.js'), 3000);
  }

  /** Facilitators and note-takers run the timer and take the record with them. */
  private get keepsRecord(): boolean {
    return this.manage || this.self?.role === 'noteTaker';
  }

  private readonly leave = (): void => {
    this.dispatchEvent(new CustomEvent('sr-leave', { bubbles: true, composed: true, cancelable: true }));
  };

  private readonly switchSpace = (event: CustomEvent<boolean>): void => {
    this.space = event.detail;
    write(storageOf('localStorage'), spaceKey, this.space ? null : 'off');
  };

  protected override willUpdate(): void {
    if (this.keepsRecord) void import('../console/facilitation.js');
  }

  protected override render() {
    const { state, you, now, manage, page } = this;
    if (!state) return nothing;
    const { room } = state;
    const ended = room.stage === 'ended';
    const leave = say('room.leave');
    return html`
      ${room.offRecord ? html`<p class="strip" role="status">${icon('offRecord')}${say('room.offRecord')}</p>` : nothing}
      <div class="top" part="header" role=${page ? 'banner' : nothing}>
        <div class="titles">
          <h1 tabindex="-1" aria-level=${page ? nothing : 2}><bdi>${room.title}</bdi></h1>
          ${room.purpose ? html`<p class="soft purpose"><bdi>${room.purpose}</bdi></p>` : nothing}
        </div>
        <div class="status">
          <span class="stage" data-stage=${room.stage ?? 'lobby'}>${say(`room.${room.stage ?? 'lobby'}`)}</span>
          <sr-link .status=${this.status}></sr-link>
          <div class="tools">
            <slot name="tools"></slot>
            <button class="quiet leave" aria-label=${leave} title=${leave} @click=${this.leave}>
              ${icon('leave')}<span>${leave}</span>
            </button>
          </div>
        </div>
      </div>
      ${
        ended
          ? html`<section class="ended" aria-labelledby="ended">
              <p id="ended">${say('room.endedAt', { time: timeOfDay(room.endedAt ?? now()) })}</p>
              ${this.keepsRecord ? html`<sr-export></sr-export>` : nothing}
            </section>`
          : nothing
      }
      <div class="main" role=${page ? 'main' : nothing} ?data-ended=${ended}>
        ${ended ? nothing : this.speaking()}
        <slot name="board"></slot>
        <div class="side">
          <section class="card" part="agenda">
            <sr-agenda .state=${state} .you=${you} .now=${now} ?manage=${manage}></sr-agenda>
          </section>
          ${manage && !ended ? html`<sr-seats part="seats" .state=${state} .you=${you} .now=${now}></sr-seats>` : nothing}
          <section class="card" part="people">
            <sr-people .state=${state} .you=${you} .now=${now} ?manage=${manage && !ended}></sr-people>
          </section>
        </div>
      </div>
      ${
        this.keepsRecord && !ended
          ? html`<sr-console
              part="console"
              .board=${this.board}
              .links=${this.links}
              .state=${state}
              .you=${you}
              .now=${now}
              ?manage=${manage}
            ></sr-console>`
          : nothing
      }
    `;
  }

  /** Who speaks, who will, and one's own hand: what there is only until the session has ended. */
  private speaking() {
    const { state, you, now, manage } = this;
    return html`<section class="card hero">
        <sr-floor part="floor" .state=${state} .you=${you} .now=${now} ?manage=${manage}></sr-floor>
        <sr-timer part="timer" .state=${state} .you=${you} .now=${now}></sr-timer>
      </section>
      <section class="card hand" part="hand" ?data-docked=${!this.keepsRecord}>
        <sr-hands ?keyless=${!this.space} .state=${state} .you=${you} .now=${now}></sr-hands>
        ${
          maySpeak(this.self)
            ? html`<sr-signals
                ?space=${this.space}
                .state=${state}
                .you=${you}
                @sr-space=${this.switchSpace}
              ></sr-signals>`
            : nothing
        }
        ${this.claim()}
      </section>
      <section class="card queue" part="queue">
        <sr-queue .state=${state} .you=${you} .now=${now} ?manage=${manage}></sr-queue>
      </section>`;
  }

  /** Where no facilitator is present, a member may take over; the server decides when it has been long enough. */
  private claim() {
    const people = Object.values(this.state?.people ?? {});
    const led = people.some(({ role, online }) => role === 'facilitator' && online !== false);
    if (led || this.self?.role !== 'member' || this.state?.room.stage === 'ended') return nothing;
    return html`<p class="claim soft small">
      ${say('claim.text')}
      <button class="small" @click=${() => this.order({ type: 'role.claim' })}>${say('claim.take')}</button>
    </p>`;
  }
}
