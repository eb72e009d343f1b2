import type { Place } from '@session-room/client';
import { baseStyles, icon, tokenStyles } from '../index.js';
import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { say } from '../text/room.js';
import { joinStyles } from './sr-join.styles.js';
import { TranslatedElement } from '../text/translated-element.js';

const places: readonly Place[] = ['remote', 'inRoom'];

/**
 * The door: asks once for a name and a place.
 * @event sr-enter `{name, place}`
 */
export class SrJoinElement extends TranslatedElement {
  static override styles = [tokenStyles, baseStyles, joinStyles];

  @property() name = '';
  @property({ type: Boolean }) busy = false;
  @property() failure = '';
  @state() private place: Place = 'remote';

  protected override render() {
    return html`<main>
      <form @submit=${(event: SubmitEvent) => this.submit(event)}>
        <h1>${say('join.title')}</h1>
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
        ${this.failure ? html`<p class="failure" role="alert">${this.failure}</p>` : nothing}
        <button class="primary" ?disabled=${this.busy}>${say(this.busy ? 'join.entering' : 'join.enter')}</button>
      </form>
    </main>`;
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    const name = new FormData(event.target as HTMLFormElement).get('name');
    if (typeof name !== 'string' || name.trim() === '') return;
    this.dispatchEvent(new CustomEvent('sr-enter', { detail: { name: name.trim(), place: this.place } }));
  }
}
