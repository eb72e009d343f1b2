import type { Invitation, Place } from '@session-room/client';
import { baseStyles, icon, tokenStyles } from '../index.js';
import { html, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { read, storageOf, write } from '../store.js';
import { say } from '../text/room.js';
import { headingStyles } from './heading.styles.js';
import { joinStyles } from './sr-join.styles.js';
import { TranslatedElement } from '../text/translated-element.js';

const places: readonly Place[] = ['remote', 'inRoom'];
const placeKey = 'session-room:place';

/**
 * The door: asks once for a name, a place and, where the room has one, the agreement.
 * @event sr-enter `{name, place, agreed?}`: `agreed` is the version of the agreement that was accepted.
 * @event sr-decline The person would rather not enter.
 */
export class SrJoinElement extends TranslatedElement {
  static override styles = [tokenStyles, baseStyles, headingStyles, joinStyles];

  @property() name = '';
  @property({ type: Boolean }) busy = false;
  @property() failure = '';
  /** What the invite leads to, once that is known. */
  @property({ attribute: false }) invitation?: Invitation;
  /** It is all there is on a page of its own: the page's landmark and its first heading are in here. */
  @property({ type: Boolean }) page = false;
  @state() private place: Place = usualPlace();
  /** The form was sent before the agreement had come. */
  private sent = false;

  protected override render() {
    const { page } = this;
    return html`<div class="main" role=${page ? 'main' : nothing}>
      <form @submit=${(event: SubmitEvent) => this.submit(event)}>
        <h1 aria-level=${page ? nothing : 2}>${say('join.title')}</h1>
        <p class="soft">${say('join.lead')}</p>
        <label class="name">
          <span>${say('join.name')}</span>
          <input name="name" required maxlength="80" autocomplete="name" dir="auto" .value=${this.name} />
        </label>
        <fieldset>
          <legend>${say('join.place')}</legend>
          ${places.map(
            (place) =>
              html`<label class="place" ?data-chosen=${this.place === place}>
                <input
                  type="radio"
                  name="place"
                  value=${place}
                  .checked=${this.place === place}
                  @change=${() => (this.place = place)}
                />
                ${icon(place)}
                <span
                  ><strong>${say(`join.place.${place}`)}</strong
                  ><span class="soft small">${say(`join.place.${place}.hint`)}</span></span
                >
              </label>`,
          )}
        </fieldset>
        ${this.agreement()} ${this.failure ? html`<p class="failure" role="alert">${this.failure}</p>` : nothing}
        <button class="primary" ?disabled=${this.busy}>${say(this.busy ? 'join.entering' : 'join.enter')}</button>
        ${
          this.invitation?.agreement
            ? html`<button type="button" @click=${() => this.dispatchEvent(new CustomEvent('sr-decline'))}>
                ${say('join.decline')}
              </button>`
            : nothing
        }
      </form>
    </div>`;
  }

  private agreement() {
    const agreement = this.invitation?.agreement;
    if (!agreement) return nothing;
    // A long one scrolls, so that the button stays near; the keyboard gets there too.
    return html`<div class="agreement">
      <h2 id="agreement" aria-level=${this.page ? nothing : 3}>${say('join.agreement')}</h2>
      <div class="text" role="region" aria-labelledby="agreement" tabindex="0" dir="auto">${agreement.text}</div>
      <label class="agree"><input type="checkbox" name="agreed" required />${say('join.agree')}</label>
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.sent || !changed.has('invitation') || !this.invitation?.agreement) return;
    this.sent = false;
    this.renderRoot.querySelector('form')?.reportValidity();
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    const given = new FormData(event.target as HTMLFormElement);
    const name = given.get('name');
    if (typeof name !== 'string' || name.trim() === '') return;
    this.sent = !this.invitation;
    write(storageOf('localStorage'), placeKey, this.place);
    const agreed = given.has('agreed') ? this.invitation?.agreement?.version : undefined;
    this.dispatchEvent(new CustomEvent('sr-enter', { detail: { name: name.trim(), place: this.place, agreed } }));
  }
}

/** The place chosen last on this device. */
function usualPlace(): Place {
  const kept = read(storageOf('localStorage'), placeKey);
  return places.find((place) => place === kept) ?? 'remote';
}
