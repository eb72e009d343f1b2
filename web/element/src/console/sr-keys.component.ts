import { css, html } from 'lit';
import { property, query } from 'lit/decorators.js';
import { baseStyles, tokenStyles, TranslatedElement } from '../index.js';
import { say } from '../text/facilitation.js';
import { consoleKeys } from './console-keys.js';

/**
 * The map of the console's keys, as a dialog, with the switch that turns them off.
 * @event sr-keys They are switched on or off; `detail` says which.
 */
export class SrKeysElement extends TranslatedElement {
  static override styles = [
    tokenStyles,
    baseStyles,
    css`
      dialog {
        width: min(26rem, calc(100vw - 2rem));
        max-height: calc(100dvh - 2rem);
        padding: 1.25rem 1.4rem;
        border: 1px solid var(--_edge);
        border-radius: var(--_radius);
        background: var(--_card);
        color: var(--_ink);
        overflow: auto;
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 45%);
      }
      h2 {
        margin-bottom: 0.75rem;
        font-size: var(--_size-l);
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: baseline;
        gap: 0.35rem 1rem;
        font-size: var(--_size-s);
      }
      kbd {
        display: inline-block;
        min-width: 1.9em;
        padding: 0 0.5em;
        border: 1px solid var(--_edge);
        border-radius: 5px;
        font: inherit;
        font-weight: 650;
        text-align: center;
      }
      label {
        display: flex;
        align-items: center;
        gap: 0.6rem;
        min-height: 2.75rem;
        margin-block: 0.75rem;
        font-size: var(--_size-s);
        font-weight: 600;
      }
      input {
        width: 1.15rem;
        min-height: 1.15rem;
        margin: 0;
        accent-color: var(--_accent);
      }
    `,
  ];

  /** Whether the keys work. */
  @property({ type: Boolean }) on = false;
  @query('dialog') private readonly dialog!: HTMLDialogElement;

  show(): void {
    this.dialog.showModal();
  }

  protected override render() {
    return html`<dialog aria-labelledby="title">
      <h2 id="title">${say('keys.title')}</h2>
      <dl>
        ${Object.entries(consoleKeys).map(
          ([key, what]) =>
            html`<dt><kbd>${key.toUpperCase()}</kbd></dt>
              <dd>${say(`keys.${what}`)}</dd>`,
        )}
      </dl>
      <label
        ><input
          type="checkbox"
          .checked=${this.on}
          @change=${(event: Event) =>
            this.dispatchEvent(new CustomEvent('sr-keys', { detail: (event.target as HTMLInputElement).checked }))}
        />${say('keys.on')}</label
      >
      <button class="primary" @click=${() => this.dialog.close()}>${say('keys.close')}</button>
    </dialog>`;
  }
}
