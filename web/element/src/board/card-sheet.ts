import { css, html, nothing } from 'lit';
import { icon } from '../look/icons.js';
import type { BoardContext } from './board-context.js';
import { changeCard, makeText, textOf } from './board-edits.js';
import type { Card, CardField } from './board-model.js';
import { sign } from './icons.js';
import { clip, type CardWish } from './sr-card.component.js';
import { messages } from '../text/messages.js';
import { cardSheetEnglish } from './card-sheet.en.js';

const { t: say } = messages(cardSheetEnglish);

/** Everything of a card, to be written at the same time as others. */
export function cardSheet(
  card: Card,
  context: BoardContext,
  wish: (wish: CardWish) => () => void,
  facts: unknown,
  result: unknown,
) {
  const { writable } = context;
  const title = clip(card.title) || say('card.untitled');
  const text = (field: CardField) => textField(card, context, field, wish({ type: 'close' }));
  return html`<div class="sheet" role="group" aria-label=${say('card.label', { title })}>
    ${text('title')} ${text('notes')} ${writable ? particulars(card, context, wish) : facts} ${text('outcome')}
    ${result}
    <div class="foot">
      <button class="primary small close" @click=${wish({ type: 'close' })}>${say('card.close')}</button>
      ${
        writable
          ? html`<button class="small quiet remove" @click=${wish({ type: 'remove' })}>
              ${sign('bin')}${say('card.remove')}
            </button>`
          : nothing
      }
    </div>
  </div>`;
}

function textField(card: Card, context: BoardContext, field: CardField, done: () => void) {
  const { source, model, names, writable } = context;
  const { id } = card;
  // A reader has the outcome below, with its links to follow.
  if (!writable && field === 'outcome') return nothing;
  return html`<sr-board-text
    class=${field}
    .source=${source}
    .text=${textOf(model, id, field)}
    .make=${() => makeText(model, id, field)}
    .plain=${card[field]}
    .card=${id}
    .field=${field}
    .label=${say(`card.${field}`)}
    .hint=${field === 'outcome' ? say('card.outcome.hint') : ''}
    .names=${names}
    ?single=${field === 'title'}
    ?writable=${writable}
    @sr-done=${done}
  ></sr-board-text>`;
}

function particulars(card: Card, context: BoardContext, wish: (wish: CardWish) => () => void) {
  const { owners, columns, model } = context;
  const { owner = '', due = '', sealed } = card;
  const column = model.columnOf(card);
  const change = (part: Parameters<typeof changeCard>[2]) => changeCard(model, card.id, part);
  return html`<div class="grid">
      <label
        ><span>${say('card.owner')}</span
        ><select .value=${owner} @change=${(event: Event) => change({ owner: valueOf(event) || undefined })}>
          <option value="" ?selected=${!owner}>${say('card.owner.none')}</option>
          ${owner && !owners.some(({ pid }) => pid === owner) ? html`<option value=${owner} selected>${context.names.get(owner) ?? say('card.owner.gone')}</option>` : nothing}
          ${owners.map(({ pid, name }) => html`<option value=${pid} ?selected=${pid === owner}>${name}</option>`)}
        </select></label
      >
      <label
        ><span>${say('card.due')}</span
        ><input type="date" .value=${due} @change=${(event: Event) => change({ due: valueOf(event) || undefined })}
      /></label>
      <div class="place">
        <label
          ><span>${say('card.column')}</span
          ><select .value=${column} @change=${(event: Event) => wish({ type: 'move', column: valueOf(event) })()}>
            ${columns.map(({ id, name }) => html`<option value=${id} ?selected=${id === column}>${name}</option>`)}
          </select></label
        >
        ${shifter('up', wish({ type: 'shift', heading: 'earlier' }))}
        ${shifter('down', wish({ type: 'shift', heading: 'later' }))}
      </div>
    </div>
    <label class="check"
      ><input
        type="checkbox"
        .checked=${sealed}
        @change=${(event: Event) => change({ sealed: (event.target as HTMLInputElement).checked })}
      /><span>${sign('seal')}${say('card.seal')} <span class="soft">${say('card.seal.hint')}</span></span></label
    >`;
}

function shifter(name: 'up' | 'down', shift: () => void) {
  const label = say(`card.${name}`);
  return html`<button class="icon" aria-label=${label} title=${label} @click=${shift}>${icon(name)}</button>`;
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

export const cardSheetStyles = css`
  .sheet {
    display: grid;
    gap: 0.7rem;
    padding: 0.75rem;
  }
  .sheet .result {
    padding: 0;
  }
  .title {
    --sr-board-text-weight: 600;
  }
  .notes {
    --sr-board-text-height: 4.5rem;
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr));
    align-items: end;
    gap: 0.6rem;
  }
  label span:first-child {
    display: block;
    margin-bottom: 0.2rem;
    color: var(--_soft);
    font-size: var(--_size-xs);
    font-weight: 600;
  }
  .grid input,
  .grid select {
    width: 100%;
    min-width: 0;
    min-height: 2.5rem;
    padding: 0.35rem 0.5rem;
    font-size: var(--_size-s);
  }
  .place {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto auto;
    align-items: end;
    gap: 0.4rem;
  }
  .place button {
    min-width: 2.5rem;
    min-height: 2.5rem;
  }
  .check {
    display: flex;
    align-items: start;
    gap: 0.5rem;
    font-size: var(--_size-xs);
    font-weight: 600;
  }
  .check input {
    flex: none;
    width: 1.15rem;
    min-height: 1.15rem;
    margin: 0.1rem 0 0;
    accent-color: var(--_accent);
  }
  .check > span:last-child {
    margin: 0;
    color: inherit;
  }
  .check svg {
    margin-inline-end: 0.25em;
    vertical-align: -0.25em;
  }
  .check .soft {
    display: inline;
    font-weight: 400;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0.5rem;
  }
  .foot button {
    min-height: 2.25rem;
  }
  .remove {
    color: var(--_alarm);
  }
`;
