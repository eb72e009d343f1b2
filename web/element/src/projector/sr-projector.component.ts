import type { RoomState } from '@session-room/client';
import type { BoardSource } from '@session-room/client/board';
import { baseStyles, icon, roughly, RoomPart, Ticker, timeOfDay, tokenStyles } from '../index.js';
import { html, nothing, type PropertyValues, type SVGTemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Stage } from '../board/stage.js';
import { Awake } from '../look/awake.js';
import { letterOf, listenForKeys } from '../look/keys.js';
import { qrCode } from '../look/qr.js';
import { PointerRest } from '../look/rest.js';
import { say } from '../text/projector.js';
import { projectorStyles } from './sr-projector.styles.js';

/** Older than this, what is shown may be wrong, and the screen says so and dims. */
const staleMs = 12_000;
/** The first seat's key, the second's and so on. */
const seatKeys = '1234567890';
const nextShown = 3;
const agendaShown = 3;

type View = 'room' | 'board' | 'agenda';

/**
 * The room for ten metres' distance, honest about its own age. There is nothing to press on it; keys fill the screen (`F`),
 * fix what it shows (`A`, `B`), raise and lower the hand of a seat that it holds (`1` to `9`, `0`), and `Esc` turns them off.
 */
export class SrProjectorElement extends RoomPart {
  static override styles = [tokenStyles, baseStyles, projectorStyles];

  /** How old the shown state may be, milliseconds. */
  @property({ attribute: false }) age: () => number = () => 0;
  /** Where the QR code leads; none is shown without it. */
  @property() joinAddress?: string;
  /** The room's board, once it is loaded. */
  @property({ attribute: false }) board?: BoardSource;
  /** It is all there is on a page of its own: the page's landmarks and its first heading are in here. */
  @property({ type: Boolean }) page = false;
  @state() private qr?: SVGTemplateResult;
  /** What this screen shows whatever the facilitator wants; `B` and `A` switch to it and back to following. */
  @state() private fixed?: View;
  /** The keys of this screen are off. */
  @state() private keyless = false;
  private readonly stage = new Stage(this);

  private readonly rest = new PointerRest(this);

  constructor() {
    super();
    new Ticker(this, () => 1000);
    new Awake(this);
    listenForKeys(this, this.onKey);
  }

  /** The seats that this screen acts for, in the order of their making: the first is 1. */
  private get seats() {
    return Object.entries(this.state?.people ?? {})
      .filter(([, { seatOf }]) => this.you !== undefined && seatOf === this.you)
      .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
      .slice(0, seatKeys.length);
  }

  private get shown(): View {
    const wanted = this.fixed ?? this.stage.shown;
    return wanted === 'board' && !this.board ? 'room' : wanted;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const key = letterOf(event);
    if (key === 'Escape') this.keyless = !this.keyless;
    if (this.keyless) return;
    if (key === 'f') void this.fill();
    else if (key === 'b') this.fixed = this.fixed ? undefined : this.shown === 'board' ? 'room' : 'board';
    else if (key === 'a') this.fixed = this.fixed === 'agenda' ? undefined : 'agenda';
    const seat = this.state?.room.stage === 'ended' ? undefined : this.seats[seatKeys.indexOf(key)];
    if (!seat) return;
    const [pid, { hand }] = seat;
    this.order({ type: hand ? 'hand.lower' : 'hand.raise', pid });
  };

  /** The whole screen, and back. */
  private async fill(): Promise<void> {
    // A browser that does not let a page fill the screen leaves it as it is.
    const filled = this.page ? document.documentElement : this;
    const done = document.fullscreenElement
      ? document.exitFullscreen()
      : filled.requestFullscreen({ navigationUI: 'hide' });
    await done.catch(() => undefined);
  }

  protected override async willUpdate(changed: PropertyValues<this>): Promise<void> {
    if (changed.has('joinAddress')) this.qr = this.joinAddress ? await qrCode(this.joinAddress) : undefined;
  }

  protected override render() {
    const { state: room } = this;
    if (!room) return nothing;
    const age = this.age();
    const stale = age > staleMs;
    this.toggleAttribute('stale', stale);
    this.toggleAttribute('resting', this.rest.resting);
    return html`<div class="wall">
      <div class="top" role=${this.landmark('banner')}>
        <h1 aria-level=${this.page ? nothing : 2}><bdi>${room.room.title}</bdi></h1>
        ${this.hint()}
        <p class="age figures" ?data-stale=${stale}>
          ${stale ? say('projector.stale', { time: roughly(age) }) : this.freshness(age)}
        </p>
      </div>
      ${room.room.stage === 'ended' && this.shown !== 'board' ? this.ended(room) : this.session(room)}
    </div>`;
  }

  private landmark(role: string) {
    return this.page ? role : nothing;
  }

  /** What the keys do, while somebody moves the pointer, and what they have done. */
  private hint() {
    const says = this.keyless
      ? 'projector.keyless'
      : !this.rest.resting
        ? 'projector.keys'
        : this.fixed && (this.fixed === 'agenda' ? 'projector.fixed.agenda' : 'projector.fixed');
    return says ? html`<p class="fixed">${say(says)}</p>` : nothing;
  }

  private ended(room: RoomState) {
    const { endedAt } = room.room;
    return html`<div class="main over" role=${this.landmark('main')}>
      <p class="ended">${say('projector.ended')}</p>
      ${endedAt === undefined ? nothing : html`<p class="soft">${say('projector.endedAt', { time: timeOfDay(endedAt) })}</p>`}
    </div>`;
  }

  private session(room: RoomState) {
    const { you, now } = this;
    if (this.shown !== 'room') return this.large(room);
    return html`
      ${room.room.offRecord ? html`<p class="strip">${icon('offRecord')}${say('room.offRecord')}</p>` : nothing}
      <div class="main" role=${this.landmark('main')}>
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
      </div>
      <div class="foot" role=${this.landmark('contentinfo')}>
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
      </div>
    `;
  }

  /** The board or the agenda, with the clock and whose turn it is below: nobody has to choose between them. */
  private large(room: RoomState) {
    const { you, now } = this;
    return html`
      <div class="main large" role=${this.landmark('main')}>
        ${
          this.shown === 'board'
            ? html`<sr-board
                wall
                .source=${this.board}
                .pointed=${this.stage.card}
                .state=${room}
                .you=${you}
                .now=${now}
              ></sr-board>`
            : html`<sr-agenda .state=${room} .you=${you} .now=${now}></sr-agenda>`
        }
      </div>
      ${
        room.room.stage === 'ended'
          ? html`<div class="foot" role=${this.landmark('contentinfo')}>
              <p class="soft">${say('projector.ended')}</p>
            </div>`
          : html`<div class="foot below" role=${this.landmark('contentinfo')}>
              <sr-timer .state=${room} .you=${you} .now=${now}></sr-timer>
              <sr-floor still .state=${room} .you=${you} .now=${now}></sr-floor>
              <div class="hands">
                <sr-hands all .state=${room} .you=${you} .now=${now}></sr-hands>
                ${this.legend()}
              </div>
            </div>`
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
            ><kbd>${seatKeys[index]}</kbd> ${hand ? icon('hand') : nothing}<bdi>${name}</bdi></span
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
