import type { RoomState } from '@session-room/client';
import type { BoardSource } from '@session-room/client/board';
import { baseStyles, icon, roughly, RoomPart, Ticker, timeOfDay, tokenStyles } from '../index.js';
import { html, nothing, type PropertyValues, type SVGTemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Stage } from '../board/stage.js';
import { qrCode } from '../look/qr.js';
import { hears } from '../look/reach.js';
import { say } from '../text/projector.js';
import { projectorStyles } from './sr-projector.styles.js';

/** Older than this, what is shown may be wrong, and the screen says so and dims. */
const staleMs = 12_000;
const nextShown = 3;
const agendaShown = 3;

/**
 * The room for ten metres' distance, honest about its own age. There is nothing to press on it, but a number key raises
 * and lowers the hand of a seat that this screen holds.
 */
export class SrProjectorElement extends RoomPart {
  static override styles = [tokenStyles, baseStyles, projectorStyles];

  /** How old the shown state may be, milliseconds. */
  @property({ attribute: false }) age: () => number = () => 0;
  /** Where the QR code leads; none is shown without it. */
  @property() joinAddress?: string;
  /** The room's board, once it is loaded. */
  @property({ attribute: false }) board?: BoardSource;
  @state() private qr?: SVGTemplateResult;
  /** What this screen shows whatever the facilitator wants; `B` switches to it and back to following. */
  @state() private fixed?: 'room' | 'board';
  private readonly stage = new Stage(this);

  constructor() {
    super();
    new Ticker(this, () => 1000);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.onKey);
  }

  /** The seats that this screen acts for, in the order of their making: the first is 1. */
  private get seats() {
    return Object.entries(this.state?.people ?? {})
      .filter(([, { seatOf }]) => this.you !== undefined && seatOf === this.you)
      .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
      .slice(0, 9);
  }

  private get shown(): 'room' | 'board' {
    return this.board ? (this.fixed ?? this.stage.shown) : 'room';
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (!hears(this, event) || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.toLowerCase() === 'b')
      this.fixed = this.fixed ? undefined : this.shown === 'board' ? 'room' : 'board';
    if (!/^[1-9]$/.test(event.key)) return;
    const seat = this.state?.room.stage === 'ended' ? undefined : this.seats[Number(event.key) - 1];
    if (!seat) return;
    const [pid, { hand }] = seat;
    this.order({ type: hand ? 'hand.lower' : 'hand.raise', pid });
  };

  protected override async willUpdate(changed: PropertyValues<this>): Promise<void> {
    if (changed.has('joinAddress')) this.qr = this.joinAddress ? await qrCode(this.joinAddress) : undefined;
  }

  protected override render() {
    const { state: room } = this;
    if (!room) return nothing;
    const age = this.age();
    const stale = age > staleMs;
    this.toggleAttribute('stale', stale);
    return html`
      <header>
        <h1><bdi>${room.room.title}</bdi></h1>
        ${this.fixed ? html`<p class="fixed">${say('projector.fixed')}</p>` : nothing}
        <p class="age figures" ?data-stale=${stale}>
          ${stale ? say('projector.stale', { time: roughly(age) }) : this.freshness(age)}
        </p>
      </header>
      ${room.room.stage === 'ended' && this.shown === 'room' ? this.ended(room) : this.session(room)}
    `;
  }

  private ended(room: RoomState) {
    const { endedAt } = room.room;
    return html`<main class="over">
      <p class="ended">${say('projector.ended')}</p>
      ${endedAt === undefined ? nothing : html`<p class="soft">${say('projector.endedAt', { time: timeOfDay(endedAt) })}</p>`}
    </main>`;
  }

  private session(room: RoomState) {
    const { you, now } = this;
    if (this.shown === 'board') return this.onBoard(room);
    return html`
      ${room.room.offRecord ? html`<p class="strip">${icon('offRecord')}${say('room.offRecord')}</p>` : nothing}
      <main>
        <div class="stage">
          <sr-timer .state=${room} .you=${you} .now=${now}></sr-timer>
          <sr-floor still .state=${room} .you=${you} .now=${now}></sr-floor>
        </div>
        <div class="side">
          <sr-queue still .limit=${nextShown} .state=${room} .you=${you} .now=${now}></sr-queue>
          ${
            room.agenda?.items?.length
              ? html`<sr-agenda .limit=${agendaShown} .state=${room} .you=${you} .now=${now}></sr-agenda>`
              : nothing
          }
        </div>
      </main>
      <footer>
        <div class="hands">
          <sr-hands all .state=${room} .you=${you} .now=${now}></sr-hands>
          ${this.legend()}
        </div>
        ${
          this.qr
            ? html`<figure>
                <figcaption>
                  <strong>${say('projector.join')}</strong>
                  <span class="soft">${new URL(this.joinAddress ?? location.href).host}</span>
                </figcaption>
                <div class="frame" role="img" aria-label=${say('created.qr')}>${this.qr}</div>
              </figure>`
            : nothing
        }
      </footer>
    `;
  }

  /** The board, with the clock and whose turn it is below: nobody has to choose between the two. */
  private onBoard(room: RoomState) {
    const { you, now } = this;
    return html`
      <main class="board">
        <sr-board
          wall
          .source=${this.board}
          .pointed=${this.stage.card}
          .state=${room}
          .you=${you}
          .now=${now}
        ></sr-board>
      </main>
      ${
        room.room.stage === 'ended'
          ? html`<footer><p class="soft">${say('projector.ended')}</p></footer>`
          : html`<footer class="below">
              <sr-timer .state=${room} .you=${you} .now=${now}></sr-timer>
              <sr-floor still .state=${room} .you=${you} .now=${now}></sr-floor>
              <div class="hands">
                <sr-hands all .state=${room} .you=${you} .now=${now}></sr-hands>
                ${this.legend()}
              </div>
            </footer>`
      }
    `;
  }

  private legend() {
    const { seats } = this;
    if (seats.length === 0) return nothing;
    return html`<p class="legend">
      <span class="soft">${say('projector.seats')}</span>
      ${seats.map(
        ([, { name, hand }], index) =>
          html`<span ?data-up=${hand}
            ><kbd>${index + 1}</kbd> ${hand ? icon('hand') : nothing}<bdi>${name}</bdi></span
          >`,
      )}
    </p>`;
  }

  private freshness(age: number) {
    const seconds = Math.floor(age / 1000);
    return html`<span class="dot" aria-hidden="true"></span>
      ${seconds < 5 ? say('projector.live') : say('projector.age', { time: roughly(age) })}`;
  }
}
