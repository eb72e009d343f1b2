import { html, nothing, type PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import type { Timer } from '@session-room/client';
import { RoomPart } from '../part.js';
import { Ticker, untilNextStep } from '../look/ticker.js';
import { baseStyles } from '../look/base.styles.js';
import { tokenStyles } from '../look/tokens.styles.js';
import { t } from '../text/messages.js';
import { clockFace, countdownFace, roughly, timeOfDay } from '../text/time.js';
import { timerStyles } from './sr-timer.styles.js';

/** Where a screen reader is told, milliseconds to go. In between the clock is silent. */
const thresholds = [300_000, 60_000, 0];
const lastMinuteMs = 60_000;
const lastMinutesMs = 300_000;

/**
 * The room's clock: drawn here from the moment at which the time is up, by the server's time.
 * @csspart face The digits.
 * @cssproperty --sr-clock-size Font size of the digits.
 */
export class SrTimerElement extends RoomPart {
  static override styles = [tokenStyles, baseStyles, timerStyles];

  @state() private announcement = '';
  private lastRemaining?: number;
  private lastStatus?: Timer['status'];

  constructor() {
    super();
    new Ticker(this, () => {
      const timer = this.state?.timer;
      if (timer?.status === 'idle') return untilNextStep(-this.now(), 60_000);
      return timer?.endsAt === undefined ? undefined : untilNextStep(timer.endsAt - this.now());
    });
  }

  /** Milliseconds to go, negative when over; undefined when no time is set. */
  get remainingMs(): number | undefined {
    const timer = this.state?.timer;
    if (!timer || timer.status === 'idle') return undefined;
    return timer.endsAt !== undefined ? timer.endsAt - this.now() : timer.remainingMs;
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const remaining = this.remainingMs;
    const status = this.state?.timer?.status;
    if (remaining !== undefined && this.lastRemaining !== undefined && status !== 'idle') {
      const before = this.lastRemaining;
      const crossed = thresholds.filter((at) => before > at && remaining <= at).at(-1);
      if (status === 'paused' && this.lastStatus !== 'paused') this.announcement = t('clock.announce.paused');
      else if (crossed === 0) this.announcement = t('clock.announce.over');
      else if (crossed !== undefined) this.announcement = t('clock.announce.minutes', { n: crossed / 60_000 });
    }
    this.lastRemaining = remaining;
    this.lastStatus = status;
  }

  protected override render() {
    const timer = this.state?.timer;
    const remaining = this.remainingMs;
    if (!timer || remaining === undefined) {
      // Nothing to count: the time of day, by the server's clock as everything here.
      return html`<div class="clock" data-tone="idle" data-long>
        <span part="face" class="face figures">${timeOfDay(this.now())}</span>
        <span class="caption">${t('clock.idle')}</span>
      </div>`;
    }
    const over = remaining <= 0 && timer.status !== 'paused';
    const tone = over ? 'over' : timer.status === 'paused' ? 'paused' : toneOf(remaining, timer);
    const face = over ? `+${clockFace(-remaining)}` : countdownFace(remaining);
    return html`
      <div class="clock" data-tone=${tone} ?data-long=${face.length > 5}>
        <span part="face" class="face figures" dir="ltr" role="timer" aria-label="${t('clock.label')}: ${face}"
          >${face}</span
        >
        <span class="caption">${this.caption(tone)} ${tone === 'calm' ? this.total(timer) : nothing}</span>
        ${timer.durationMs ? this.bar(remaining, timer.durationMs) : nothing}
      </div>
      <div class="hidden-text" role="status">${this.announcement}</div>
    `;
  }

  private caption(tone: string): string {
    if (tone === 'paused') return t('clock.paused');
    if (tone === 'over') return t('clock.overtime');
    return t(tone === 'last' ? 'clock.last' : tone === 'soon' ? 'clock.soon' : 'clock.running');
  }

  private total(timer: Timer) {
    return timer.durationMs
      ? html`<span class="total">${t('clock.of', { duration: roughly(timer.durationMs) })}</span>`
      : nothing;
  }

  private bar(remaining: number, duration: number) {
    // An attribute of a shape, not a style: pages with a strict policy allow no inline style.
    const share = Math.min(100, Math.max(0, (remaining / duration) * 100));
    return html`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="100" height="1" />
      <rect class="rest" width=${share.toFixed(2)} height="1" />
    </svg>`;
  }
}

/** A clock that never had more than the last minutes says so at no time. */
function toneOf(remaining: number, { durationMs = 0 }: Timer): 'calm' | 'soon' | 'last' {
  if (remaining <= lastMinuteMs) return 'last';
  return remaining <= lastMinutesMs && durationMs > lastMinutesMs ? 'soon' : 'calm';
}
