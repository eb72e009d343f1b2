import { html, nothing } from 'lit';
import { property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { baseStyles } from '../look/base.styles.js';
import { icon } from '../look/icons.js';
import { tokenStyles } from '../look/tokens.styles.js';
import { timeOfDay } from '../text/time.js';
import { addDecision, changeDecision, removeDecision } from './board-edits.js';
import type { BoardContext } from './board-context.js';
import type { Decision } from './board-model.js';
import { minutesStyles } from './sr-minutes.styles.js';
import { say } from './text.js';
import { TranslatedElement } from '../text/translated-element.js';

/** What is written down beside the cards: the shared notes, and what was decided when. */
export class SrMinutesElement extends TranslatedElement {
  static override styles = [tokenStyles, baseStyles, minutesStyles];

  @property({ attribute: false }) context!: BoardContext;
  @property({ attribute: false }) decisions: readonly Decision[] = [];
  @query('.add input') private readonly line?: HTMLInputElement;

  protected override render() {
    const { source, model, names, writable } = this.context;
    return html`
      <section aria-labelledby="notes">
        <h3 id="notes">${say('notes.title')}</h3>
        <sr-board-text
          unlabelled
          .source=${source}
          .text=${model.notes}
          .make=${() => model.notes}
          .label=${say('notes.title')}
          .hint=${say('notes.hint')}
          .names=${names}
          ?writable=${writable}
        ></sr-board-text>
      </section>
      <section aria-labelledby="decisions">
        <h3 id="decisions">${say('decisions.title')}</h3>
        ${
          this.decisions.length === 0 && !writable
            ? html`<p class="soft small">${say('decisions.none')}</p>`
            : html`<ol>
                ${repeat(
                  this.decisions,
                  ({ entry }) => entry,
                  (decision, index) => this.decision(decision, index + 1),
                )}
              </ol>`
        }
        ${
          writable
            ? html`<form class="add" @submit=${this.add}>
                ${icon('plus')}<input
                  autocomplete="off"
                  maxlength="2000"
                  dir="auto"
                  placeholder=${say('decisions.add')}
                  aria-label=${say('decisions.add')}
                />
              </form>`
            : nothing
        }
      </section>
    `;
  }

  private decision(decision: Decision, n: number) {
    const { model, writable } = this.context;
    return html`<li>
      ${icon('check')}
      ${
        writable
          ? html`<span class="text grow" data-text=${decision.text}>
              <textarea
                rows="1"
                dir="auto"
                aria-label=${say('decisions.edit', { n })}
                .value=${decision.text}
                @input=${(event: Event) => (textArea(event).parentElement!.dataset['text'] = textArea(event).value)}
                @change=${(event: Event) => changeDecision(model, decision, textArea(event).value)}
              ></textarea>
            </span>`
          : html`<span class="text" dir="auto">${decision.text}</span>`
      }
      ${decision.at === undefined ? nothing : html`<time class="soft figures">${timeOfDay(decision.at)}</time>`}
      ${
        writable
          ? html`<button
              class="quiet small icon"
              aria-label=${say('decisions.remove', { n })}
              title=${say('decisions.remove', { n })}
              @click=${() => {
                removeDecision(model, decision);
                this.line?.focus();
              }}
            >
              ${icon('close')}
            </button>`
          : nothing
      }
    </li>`;
  }

  private readonly add = (event: SubmitEvent): void => {
    event.preventDefault();
    const { line } = this;
    const text = line?.value.trim();
    if (!line || !text) return;
    line.value = '';
    addDecision(this.context.model, text, this.context.now());
  };
}

function textArea(event: Event): HTMLTextAreaElement {
  return event.target as HTMLTextAreaElement;
}
