import { createRoom, HttpRefusal, type CreatedRoom, type QueueMode, type QueuePolicy } from '@session-room/client';
import { baseStyles, icon, tokenStyles } from '@session-room/element';
import { html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { keepLinks } from '../room/handed-out.js';
import { figure } from '@session-room/element/text/time.ts';
import { say } from '../text/lobby.js';
import { linksOf } from './links.js';
import { lobbyStyles } from './sr-lobby.styles.js';
import {
  changeItem,
  emptyDraft,
  planOf,
  totalMinutes,
  withItem,
  withoutItem,
  type Draft,
  type PlannedItem,
} from './plan.js';
import { TranslatedElement } from '@session-room/element/text/translated-element.ts';

/** The first page: what this is, and a form that opens a room. */
export class SrLobbyElement extends TranslatedElement {
  static override styles = [tokenStyles, baseStyles, lobbyStyles];

  @state() private draft: Draft = emptyDraft;
  @state() private created?: CreatedRoom;
  @state() private busy = false;
  @state() private failure = '';

  protected override render() {
    return html`
      <header>
        <span class="wordmark"><span class="sign" aria-hidden="true"></span>${say('app.name')}</span>
        <span class="own"><sr-language></sr-language><sr-theme></sr-theme></span>
      </header>
      <main>
        <section class="about">
          <h1>${say('lobby.headline')}</h1>
          <p class="lead">${say('lobby.lead')}</p>
          <ul>
            ${(['queue', 'clock', 'stay'] as const).map((point) => html`<li>${icon('check')}${say(`lobby.point.${point}`)}</li>`)}
          </ul>
        </section>
        <section class="card">
          ${
            this.created
              ? html`<sr-created .room=${this.created} @sr-another=${() => this.startOver()}></sr-created>`
              : this.form()
          }
        </section>
      </main>
    `;
  }

  private form() {
    const { draft } = this;
    return html`<form @submit=${(event: SubmitEvent) => this.submit(event)}>
      <h2 class="title">${say('lobby.form')}</h2>
      <label>
        <span>${say('lobby.title')}</span>
        <input
          name="title"
          required
          maxlength="200"
          autocomplete="off"
          dir="auto"
          placeholder=${say('lobby.title.example')}
          .value=${draft.title}
          @input=${(event: InputEvent) => this.change({ title: valueOf(event) })}
        />
      </label>
      <label>
        <span>${say('lobby.purpose')} <span class="soft">${say('lobby.purpose.hint')}</span></span>
        <input
          name="purpose"
          maxlength="1000"
          autocomplete="off"
          dir="auto"
          placeholder=${say('lobby.purpose.example')}
          .value=${draft.purpose}
          @input=${(event: InputEvent) => this.change({ purpose: valueOf(event) })}
        />
      </label>
      <fieldset>
        <legend>
          ${say('lobby.agenda')}
          <span class="soft figures">${say('lobby.agenda.total', { n: totalMinutes(draft) })}</span>
        </legend>
        ${repeat(
          draft.items,
          ({ row }) => row,
          (item, index) => this.item(item, index + 1),
        )}
        <button type="button" class="quiet add" @click=${() => (this.draft = withItem(draft))}>
          ${icon('plus')}${say('lobby.item.add')}
        </button>
      </fieldset>
      <details>
        <summary>${say('lobby.more')}</summary>
        <label>
          <span>${say('lobby.agreement')} <span class="soft">${say('lobby.agreement.hint')}</span></span>
          <textarea
            name="agreement"
            rows="3"
            dir="auto"
            maxlength="4000"
            placeholder=${say('lobby.agreement.example')}
            .value=${draft.agreement}
            @input=${(event: InputEvent) => this.change({ agreement: valueOf(event) })}
          ></textarea>
        </label>
        <label>
          <span>${say('lobby.policy')}</span>
          <select @change=${(event: Event) => this.change({ queuePolicy: valueOf(event) as QueuePolicy })}>
            ${(['fair', 'fifo', 'round'] as const).map((policy) => html`<option value=${policy}>${say(`lobby.policy.${policy}`)}</option>`)}
          </select>
        </label>
        <label>
          <span>${say('lobby.mode')}</span>
          <select @change=${(event: Event) => this.change({ queueMode: valueOf(event) as QueueMode })}>
            ${(['open', 'moderated'] as const).map((mode) => html`<option value=${mode}>${say(`lobby.mode.${mode}`)}</option>`)}
          </select>
        </label>
      </details>
      ${this.failure ? html`<p class="failure" role="alert">${this.failure}</p>` : nothing}
      <button class="primary wide" ?disabled=${this.busy}>${say(this.busy ? 'lobby.creating' : 'lobby.create')}</button>
    </form>`;
  }

  private item(item: PlannedItem, n: number) {
    const change = (changed: Partial<PlannedItem>) => (this.draft = changeItem(this.draft, item.row, changed));
    return html`<div class="item">
      <span class="number soft figures" aria-hidden="true">${figure(n)}</span>
      <input
        aria-label=${say('lobby.item', { n })}
        maxlength="200"
        autocomplete="off"
        dir="auto"
        placeholder=${say('lobby.item.example')}
        .value=${item.title}
        @input=${(event: InputEvent) => change({ title: valueOf(event) })}
      />
      <span class="minutes">
        <input
          type="number"
          class="figures"
          aria-label=${say('lobby.minutes', { n })}
          min="1"
          max="600"
          step="1"
          required
          .value=${String(item.minutes)}
          @input=${(event: InputEvent) => change({ minutes: Math.max(0, Math.round(Number(valueOf(event)))) })}
        />
        <span class="soft">${say('lobby.minutes.unit')}</span>
      </span>
      <button
        type="button"
        class="quiet icon"
        aria-label=${say('lobby.item.remove', { n })}
        @click=${() => (this.draft = withoutItem(this.draft, item.row))}
      >
        ${icon('close')}
      </button>
    </div>`;
  }

  private change(change: Partial<Draft>): void {
    this.draft = { ...this.draft, ...change };
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    this.busy = true;
    this.failure = '';
    try {
      this.created = await createRoom(planOf(this.draft));
      keepLinks(this.created.id, linksOf(this.created, location.origin));
    } catch (error) {
      this.failure = failureOf(error);
    } finally {
      this.busy = false;
    }
  }

  private startOver(): void {
    this.draft = emptyDraft;
    this.created = undefined;
  }
}

function failureOf(error: unknown): string {
  if (!(error instanceof HttpRefusal)) throw error;
  if (error.status === 401 || error.status === 403) return say('lobby.failed.closed');
  return error.status === 0 ? say('lobby.failed.offline') : say('lobby.failed', { reason: error.message });
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement).value;
}
