import { intents, type Intent, type Person } from '@session-room/client';
import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { RoomPart } from '../part.js';
import { baseStyles } from '../look/base.styles.js';
import { icon } from '../look/icons.js';
import { intentName, intentStyles, intentTag } from '../look/intent.js';
import { tokenStyles } from '../look/tokens.styles.js';
import { t } from '../text/messages.js';
import type { everybody } from './everybody.js';
import { whyInWords } from '../queue/why.js';
import { handsStyles } from './sr-hands.styles.js';

/**
 * One's own hand: raise it with an intent, see one's place and why, give the floor back.
 * With `all` it lists every raised hand instead, for a screen that a room looks at.
 */
export class SrHandsElement extends RoomPart {
  static override styles = [tokenStyles, baseStyles, intentStyles, handsStyles];

  @property({ type: Boolean }) all = false;
  /** No key raises the hand, so none is shown. */
  @property({ type: Boolean }) keyless = false;

  /** Raises the hand with the mildest intent, or lowers it: what the space bar does. False when neither is possible. */
  toggle(): boolean {
    const self = this.self;
    if (!self || !this.maySpeak(self) || this.state?.floor?.pid === this.you) return false;
    if (!self.hand && this.state?.queue?.open === false) return false;
    this.order(self.hand ? { type: 'hand.lower' } : { type: 'hand.raise', intent: 'topic' });
    return true;
  }

  /** Loaded for screens only: people's own devices need none of it. */
  @state() private everybody?: typeof everybody;

  protected override async willUpdate(): Promise<void> {
    if (this.all) this.everybody ??= (await import('./everybody.js')).everybody;
  }

  protected override render() {
    if (!this.state) return nothing;
    if (this.all) return this.everybody?.(this.state) ?? nothing;
    const self = this.self;
    if (this.state.room.stage === 'ended') return html`<p class="soft">${t('hands.ended')}</p>`;
    if (!self || !this.maySpeak(self)) return html`<p class="soft">${t('hands.watching')}</p>`;
    return html`<h2 class="hidden-text">${t('hands.title')}</h2>
      <div class="now" role="status">${this.standing(self)}</div>
      ${this.controls(self)}`;
  }

  private maySpeak(self: Person): boolean {
    return this.state?.room.stage !== 'ended' && maySpeak(self);
  }

  private standing(self: Person) {
    const floor = this.state?.floor;
    if (floor?.pid === this.you)
      return html`<strong>${t('hands.floor')}</strong> <span>${t('hands.floor.hint')}</span>`;
    if (self.hand) return this.placeInQueue(self.hand.intent);
    if (floor?.held?.some(({ pid }) => pid === this.you)) return html`<strong>${t('hands.held')}</strong>`;
    if (self.invitedAt) return html`<strong>${t('hands.invited')}</strong>`;
    return this.state?.queue?.open === false ? html`<span>${t('hands.closed')}</span>` : nothing;
  }

  private placeInQueue(intent: Intent) {
    const entries = this.state?.queue?.entries ?? [];
    const index = entries.findIndex(({ pid }) => pid === this.you);
    const entry = entries[index];
    const policy = this.state?.room.settings?.queuePolicy ?? 'fifo';
    return html`<span class="standing" ?data-next=${index === 0}>
      ${intentTag(entry?.intent ?? intent)}
      <strong>${entry ? t('hands.place', { n: index + 1 }) : t('hands.unplaced')}</strong>
      ${entry ? html`<span class="soft small">${whyInWords(entry, policy, true)}</span>` : nothing}
    </span>`;
  }

  private controls(self: Person) {
    if (this.state?.floor?.pid === this.you) {
      return html`<button class="primary wide" @click=${() => this.order({ type: 'floor.yield' })}>
        ${icon('check')}${t('hands.yield')}
      </button>`;
    }
    const raised = self.hand?.intent;
    const closed = this.state?.queue?.open === false;
    const others = intents.filter((intent) => intent !== 'topic').reverse();
    return html`<div class="controls">
      ${
        raised
          ? html`<button class="wide lower" @click=${() => this.order({ type: 'hand.lower' })}>
              ${icon('down')}${t('hands.lower')}${this.key()}
            </button>`
          : html`<button
              class="primary wide"
              title=${this.keyless ? nothing : t('hands.key.hint')}
              ?disabled=${closed}
              @click=${() => this.raise('topic')}
            >
              ${icon('hand')}${t('hands.raise')}${this.key()}
            </button>`
      }
      <div class="others" role="group" aria-label=${raised ? t('hands.change') : t('hands.raise')}>
        ${(raised && raised !== 'topic' ? (['topic', ...others] as const) : others)
          .filter((intent) => intent !== raised)
          .map(
            (intent) =>
              html`<button
                title=${t(`intent.${intent}.hint`)}
                ?disabled=${closed && intent !== 'order'}
                data-intent=${intent}
                @click=${() => this.raise(intent)}
              >
                ${icon(intent)}${intentName(intent)}
              </button>`,
          )}
      </div>
    </div>`;
  }

  private key() {
    return this.keyless ? nothing : html`<kbd aria-hidden="true">${t('hands.key')}</kbd>`;
  }

  private raise(intent: Intent): void {
    this.order({ type: 'hand.raise', intent });
  }
}

/** Has a hand to raise, unlike who only looks. */
export function maySpeak(person: Person | undefined): boolean {
  return person !== undefined && person.role !== 'observer' && person.role !== 'projector';
}
