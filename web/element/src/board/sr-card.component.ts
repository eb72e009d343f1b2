import { html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { baseStyles } from '../look/base.styles.js';
import { icon } from '../look/icons.js';
import { tokenStyles } from '../look/tokens.styles.js';
import type { BoardContext } from './board-context.js';
import type { Card } from './board-model.js';
import { dueInWords } from './due.js';
import { hueStyles } from './hues.styles.js';
import { sign } from './icons.js';
import { linksIn } from './links.js';
import { hueOf } from './presence.js';
import { boardCardStyles } from './sr-card.styles.js';
import { say } from './text.js';
import { TranslatedElement } from '../text/translated-element.js';

/** What a person wants with a card that is the whole board's to do. */
export type CardWish =
  | { type: 'open' | 'close' | 'remove' | 'point' | 'lift' }
  | { type: 'move'; column: string }
  | { type: 'shift'; heading: 'earlier' | 'later' };

export class CardEvent extends CustomEvent<CardWish> {
  constructor(wish: CardWish) {
    super('sr-card', { detail: wish, bubbles: true, composed: true });
  }
}

let sheet: typeof import('./card-sheet.js') | undefined;

/** What an open card takes: after the board itself, before the network may be gone. */
export async function loadSheet(): Promise<void> {
  // Away from the server it stays closed, and is tried again.
  sheet ??= await import('./card-sheet.js').catch(() => undefined);
}

/** Longer than anybody reads on a closed card; the rest is there when it is opened. */
const excerpt = 280;

/**
 * An action card: closed, what it is about at a glance; open, everything of it to be written at the same time as others.
 * @event sr-card What the board is to do with it.
 */
export class SrCardElement extends TranslatedElement {
  static override styles = [tokenStyles, baseStyles, hueStyles, boardCardStyles];

  @property({ attribute: false }) card!: Card;
  @property({ attribute: false }) context!: BoardContext;
  @property({ attribute: false }) here: readonly string[] = [];
  @property({ type: Boolean, reflect: true }) open = false;
  @property({ type: Boolean, reflect: true }) lifted = false;
  @property({ type: Boolean, reflect: true }) pointed = false;
  /** Where it stands what is over is no longer overdue. */
  @property({ type: Boolean }) done = false;

  /** Opened, it is so when all that it takes to write in it is there. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    if (this.open && !this.context.wall && !sheet) {
      await loadSheet();
      this.requestUpdate();
    }
    return super.getUpdateComplete();
  }

  protected override willUpdate(): void {
    if (!this.open || this.context.wall) return;
    if (!sheet) return void loadSheet().then(() => sheet && this.requestUpdate());
    const root = this.renderRoot as ShadowRoot;
    const { styleSheet } = sheet.cardSheetStyles;
    if (styleSheet && !root.adoptedStyleSheets.includes(styleSheet)) root.adoptedStyleSheets.push(styleSheet);
  }

  /** Moved, not removed: where the browser can tell, whoever writes here notices nothing. */
  connectedMoveCallback(): void {}

  focusOn(what: 'face' | 'grip' | 'title' | 'close'): void {
    void this.updateComplete.then(async () => {
      const found = this.renderRoot.querySelector<HTMLElement & { updateComplete?: Promise<unknown> }>(`.${what}`);
      await found?.updateComplete;
      found?.focus();
    });
  }

  private get named(): string {
    return clip(this.card.title) || say('card.untitled');
  }

  private readonly wish = (wish: CardWish) => () => this.dispatchEvent(new CardEvent(wish));

  protected override render() {
    return html`${this.open && !this.context.wall ? (sheet?.cardSheet(this.card, this.context, this.wish, this.facts(), this.result()) ?? this.closed()) : this.closed()}${this.presence()}`;
  }

  private closed() {
    const { writable, wall, pointing } = this.context;
    const title = this.named;
    const face = html`<bdi class="name" dir="auto">${title}</bdi>${this.facts()}`;
    return html`<div class="row">
        ${
          wall
            ? html`<div class="face">${face}</div>`
            : html`<button
                class="face"
                aria-expanded="false"
                @pointerenter=${loadSheet}
                @focus=${loadSheet}
                @click=${this.wish({ type: 'open' })}
              >
                ${face}
              </button>`
        }
        ${
          wall
            ? nothing
            : html`<div class="handles">
                ${writable ? this.grip(title) : nothing} ${pointing ? this.pointer(title) : nothing}
              </div>`
        }
      </div>
      ${this.result()}
      ${
        this.pointed
          ? html`<p class="mark">${icon('remote')}${say(wall ? 'card.spoken' : 'card.pointed')}</p>`
          : nothing
      }`;
  }

  /** For the facilitator, while the big screen shows the board. */
  private pointer(title: string) {
    const label = say('card.point', { title });
    return html`<button
      class="quiet icon point"
      aria-pressed=${this.pointed}
      aria-label=${label}
      title=${label}
      @click=${this.wish({ type: 'point' })}
    >
      ${icon('remote')}
    </button>`;
  }

  private facts() {
    const { owner, due, sealed, notes } = this.card;
    const { names, now } = this.context;
    const when = due === undefined ? undefined : dueInWords(due, now(), this.done);
    if (!owner && !when && !sealed && !notes) return nothing;
    return html`<span class="facts">
      ${owner ? html`<span class="fact">${sign('person')}<bdi>${names.get(owner) ?? say('card.owner.gone')}</bdi></span>` : nothing}
      ${when ? html`<span class="fact" ?data-over=${when.overdue}>${sign('due')}${when.text}</span>` : nothing}
      ${sealed ? html`<span class="fact seal">${sign('seal')}${say('card.sealed')}</span>` : nothing}
      ${notes ? html`<span class="fact" title=${say('card.notes')}>${sign('notes')}<span class="hidden-text">${say('card.notes')}</span></span>` : nothing}
    </span>`;
  }

  private result() {
    const { outcome } = this.card;
    if (!outcome) return nothing;
    const runs = linksIn(clip(outcome)).map((run) =>
      typeof run === 'string' || this.context.wall
        ? html`<bdi>${typeof run === 'string' ? run : run.text}</bdi>`
        : html`<a href=${run.href} target="_blank" rel="noopener noreferrer"><bdi>${run.text}</bdi></a>`,
    );
    return html`<p class="result">
      ${icon('check')}<span class="hidden-text">${say('card.outcome')}: </span
      ><span class="runs" dir="auto">${runs}</span>
    </p>`;
  }

  private grip(title: string) {
    return html`<button
      class="grip quiet icon"
      aria-label=${say('move.grip', { title })}
      title=${say('move.hint')}
      aria-pressed=${this.lifted}
      @click=${this.wish({ type: 'lift' })}
    >
      ${sign('grip')}
    </button>`;
  }

  private presence() {
    const { names } = this.context;
    const known = this.here.filter((pid) => names.has(pid));
    if (known.length === 0) return nothing;
    return html`<p class="here">
      ${known.slice(0, 4).map((pid) => html`<span class="who" data-hue=${hueOf(pid)}><bdi>${names.get(pid)}</bdi></span>`)}
      <span class="soft">${say('card.here', { n: Math.max(0, known.length - 4) })}</span>
    </p>`;
  }
}

export function clip(text: string): string {
  return text.length > excerpt ? `${text.slice(0, excerpt)}…` : text;
}
