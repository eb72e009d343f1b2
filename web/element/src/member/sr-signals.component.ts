import { css, html, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { baseStyles, RoomPart, tokenStyles } from '../index.js';
import { read, storageOf, write } from '../store.js';
import { messages } from '../text/messages.js';
import { signalsEnglish } from '../text/signals.en.js';
import { Chime } from './chime.js';
import { turnOf, type Turn } from './turn.js';

const { t: say } = messages(signalsEnglish);

const soundKey = 'session-room:sound';

/**
 * How this device and its person get each other's attention: the key of the hand, and a soft sound when one is next and
 * when one's turn begins. The sound is off until it is switched on; both are remembered in this browser.
 * @event sr-space The space bar is to be the hand's (`detail` true) or the page's.
 * @event sr-chime It has sounded; `detail` says for what.
 */
export class SrSignalsElement extends RoomPart {
  static override styles = [
    tokenStyles,
    baseStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: 0 1.5rem;
      }
      label {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        min-height: 1.75rem;
      }
      input {
        min-height: 0;
        margin: 0;
        accent-color: var(--_accent);
      }
      @media (hover: none) and (pointer: coarse) {
        .key {
          display: none;
        }
      }
    `,
  ];

  @property({ type: Boolean }) space = false;
  @state() private sound = read(storageOf('localStorage'), soundKey) === 'on';
  private readonly chime = new Chime();
  private turn?: Turn;

  override connectedCallback(): void {
    super.connectedCallback();
    for (const gesture of ['pointerdown', 'keydown']) addEventListener(gesture, this.onGesture);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const gesture of ['pointerdown', 'keydown']) removeEventListener(gesture, this.onGesture);
    this.chime.close();
  }

  /** Remembered from another day, the sound still needs a first press on this page. */
  private readonly onGesture = (): void => {
    if (this.sound) this.chime.wake();
  };

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('state') || !this.state) return;
    const former = this.turn;
    this.turn = turnOf(this.state, this.you);
    // Whoever comes first by raising the hand knows it; whoever has waited may be looking elsewhere.
    const moved = this.turn === 'next' ? former === 'waiting' : this.turn === 'floor' && former !== 'floor';
    if (moved && changed.get('state')) this.ring(this.turn as 'next' | 'floor');
  }

  protected override render() {
    return html`<label class="key soft small"
        ><input
          type="checkbox"
          .checked=${this.space}
          @change=${(event: Event) => this.dispatchEvent(new CustomEvent('sr-space', { detail: isOn(event) }))}
        />${say('hand.key')}</label
      ><label class="soft small"
        ><input type="checkbox" .checked=${this.sound} @change=${this.switchSound} />${say('hand.sound')}</label
      >`;
  }

  private readonly switchSound = (event: Event): void => {
    this.sound = isOn(event);
    write(storageOf('localStorage'), soundKey, this.sound ? 'on' : null);
    if (!this.sound) return;
    this.chime.wake();
    this.ring('next');
  };

  private ring(motif: 'next' | 'floor'): void {
    if (this.sound && this.chime.ring(motif)) this.dispatchEvent(new CustomEvent('sr-chime', { detail: motif }));
  }
}

function isOn(event: Event): boolean {
  return (event.target as HTMLInputElement).checked;
}
