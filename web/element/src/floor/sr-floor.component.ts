import { html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { RoomPart } from '../part.js';
import { Ticker, untilNextStep } from '../look/ticker.js';
import { baseStyles } from '../look/base.styles.js';
import { intentStyles, intentTag } from '../look/intent.js';
import { tokenStyles } from '../look/tokens.styles.js';
import { t } from '../text/messages.js';
import { clockFace } from '../text/time.js';
import { floorStyles } from './sr-floor.styles.js';

/**
 * Who is speaking, for how long, and whose turn is held meanwhile.
 * @csspart name The speaker's name.
 * @cssproperty --sr-speaker-size Font size of the speaker's name.
 */
export class SrFloorElement extends RoomPart {
  static override styles = [tokenStyles, baseStyles, intentStyles, floorStyles];

  /** Leaves out the button that ends the turn, for screens that only show. */
  @property({ type: Boolean }) still = false;

  constructor() {
    super();
    new Ticker(this, () => {
      const since = this.state?.floor?.since;
      return since === undefined ? undefined : untilNextStep(-(this.now() - since));
    });
  }

  protected override render() {
    const floor = this.state?.floor;
    if (!floor?.pid) {
      return html`<h2 class="label">${t('floor.title')}</h2>
        <p class="name free" part="name">${t('floor.empty')}</p>`;
    }
    const mine = floor.pid === this.you;
    return html`
      <h2 class="label">${t('floor.title')}</h2>
      <p class="name" part="name" ?data-mine=${mine}>
        <bdi>${this.nameOf(floor.pid)}</bdi>${mine ? html` <span class="you">${t('floor.you')}</span>` : nothing}
      </p>
      <p class="facts">
        ${floor.intent ? intentTag(floor.intent) : nothing}
        <span class="figures">${this.spoken(floor.since, floor.limitMs)}</span>
        ${
          this.manage && !this.still
            ? html`<button class="small" @click=${() => this.order({ type: 'floor.yield' })}>
                ${t('floor.yield')}
              </button>`
            : nothing
        }
      </p>
      ${(floor.held ?? []).map(({ pid }) => html`<p class="held">${t('floor.held', { name: this.nameOf(pid) })}</p>`)}
    `;
  }

  private spoken(since: number | undefined, limitMs: number | undefined) {
    if (since === undefined) return nothing;
    const spokenMs = this.now() - since;
    if (!limitMs) return t('floor.since', { time: clockFace(spokenMs) });
    const left = limitMs - spokenMs;
    if (left > 0) return t('floor.limit', { time: clockFace(Math.ceil(left / 1000) * 1000) });
    return html`<strong class="over">${t('floor.over', { time: clockFace(-left) })}</strong>`;
  }
}
