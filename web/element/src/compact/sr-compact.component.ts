import { html, nothing } from 'lit';
import { query } from 'lit/decorators.js';
import { listenForSpace } from '../hands/space.js';
import type { SrHandsElement } from '../hands/sr-hands.component.js';
import { baseStyles } from '../look/base.styles.js';
import { tokenStyles } from '../look/tokens.styles.js';
import { RoomPart } from '../part.js';
import { say } from '../text/room.js';
import { compactStyles } from './sr-compact.styles.js';

/**
 * The room in a narrow strip, for beside a video call: the clock, who speaks, who is next, and one's own hand.
 * @csspart timer
 * @csspart floor
 * @csspart next Who speaks after that.
 * @csspart hand
 */
export class SrCompactElement extends RoomPart {
  static override styles = [tokenStyles, baseStyles, compactStyles];

  @query('sr-hands') private readonly hands?: SrHandsElement;

  constructor() {
    super();
    listenForSpace(this, () => this.hands?.toggle());
  }

  protected override render() {
    const { state, you, now } = this;
    if (!state) return nothing;
    return html`
      ${state.room.offRecord ? html`<p class="strip" role="status">${say('room.offRecord')}</p>` : nothing}
      <div class="all">
        <sr-timer part="timer" .state=${state} .you=${you} .now=${now}></sr-timer>
        <sr-floor part="floor" still .state=${state} .you=${you} .now=${now}></sr-floor>
        <sr-queue part="next" still limit="1" .state=${state} .you=${you} .now=${now}></sr-queue>
        <sr-hands part="hand" keyless .state=${state} .you=${you} .now=${now}></sr-hands>
      </div>
    `;
  }
}
