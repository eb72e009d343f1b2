import { baseStyles, icon, roughly, RoomPart, Ticker, tokenStyles } from '@session-room/element';
import { html, nothing, type PropertyValues, type SVGTemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { qrCode } from '../qr.js';
import { say } from '../text/projector.js';
import { projectorStyles } from './sr-projector.styles.js';

/** Older than this, what is shown may be wrong, and the screen says so and dims. */
const staleMs = 12_000;
const nextShown = 3;
const agendaShown = 3;

/** The room for ten metres' distance: nothing to press, and honest about its own age. */
export class SrProjectorElement extends RoomPart {
  static override styles = [tokenStyles, baseStyles, projectorStyles];

  /** How old the shown state may be, milliseconds. */
  @property({ attribute: false }) age: () => number = () => 0;
  /** Where the QR code leads; none is shown without it. */
  @property() joinAddress?: string;
  @state() private qr?: SVGTemplateResult;

  constructor() {
    super();
    new Ticker(this, () => 1000);
  }

  protected override async willUpdate(changed: PropertyValues<this>): Promise<void> {
    if (changed.has('joinAddress')) this.qr = this.joinAddress ? await qrCode(this.joinAddress) : undefined;
  }

  protected override render() {
    const { state: room, you, now } = this;
    if (!room) return nothing;
    const age = this.age();
    const stale = age > staleMs;
    this.toggleAttribute('stale', stale);
    return html`
      <header>
        <h1><bdi>${room.room.title}</bdi></h1>
        <p class="age figures" ?data-stale=${stale}>
          ${stale ? say('projector.stale', { time: roughly(age) }) : this.freshness(age)}
        </p>
      </header>
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
        <sr-hands all .state=${room} .you=${you} .now=${now}></sr-hands>
        ${
          this.qr
            ? html`<figure>
                <figcaption>
                  <strong>${say('projector.join')}</strong>
                  <span class="soft">${location.host}</span>
                </figcaption>
                <div class="frame" role="img" aria-label=${say('created.qr')}>${this.qr}</div>
              </figure>`
            : nothing
        }
      </footer>
    `;
  }

  private freshness(age: number) {
    const seconds = Math.floor(age / 1000);
    return html`<span class="dot" aria-hidden="true"></span>
      ${seconds < 5 ? say('projector.live') : say('projector.age', { time: roughly(age) })}`;
  }
}
