import type { BoardSource } from '@session-room/client/board';
import { html, nothing } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { Text as YText } from 'yjs';
import { baseStyles } from '../look/base.styles.js';
import { tokenStyles } from '../look/tokens.styles.js';
import type { CardField } from './board-model.js';
import { caretOf, caretsIn, cut, hueOf, type Caret, type Piece } from './presence.js';
import { boardTextStyles } from './sr-board-text.styles.js';
import { TextBinding } from './text-binding.js';
import { TranslatedElement } from '../text/translated-element.js';

/**
 * One shared text with everybody's carets, each under its owner's name. Under the text area lies a mirror of it with
 * the same letters, which gives it its height and the carets their places.
 */
export class SrBoardTextElement extends TranslatedElement {
  static override styles = [tokenStyles, baseStyles, boardTextStyles];

  @property({ attribute: false }) source!: BoardSource;
  /** Missing until somebody types where other software has made none; `make` makes it. */
  @property({ attribute: false }) text?: YText;
  @property({ attribute: false }) make!: () => YText;
  /** What is shown without a text. */
  @property() plain = '';
  /** The card whose text it is; the board's own notes belong to none. */
  @property() card = '';
  @property() field: CardField = 'notes';
  @property() label = '';
  @property() hint = '';
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();
  /** One line, in which Enter means that one is done. */
  @property({ type: Boolean }) single = false;
  @property({ type: Boolean }) writable = false;
  /** The label is for screen readers only, where a heading says the same. */
  @property({ type: Boolean, reflect: true }) unlabelled = false;
  @query('textarea') private readonly area?: HTMLTextAreaElement;
  private binding?: TextBinding;
  private heard?: BoardSource['awareness'];
  private followed?: YText;
  /** The focus is here, so the caret is worth telling. */
  private writing = false;
  private sent = '';
  private drawn = '';

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.hear(undefined);
    this.follow(undefined);
    this.release();
  }

  /** Moved, not removed: where the browser can tell, whoever writes here notices nothing. */
  connectedMoveCallback(): void {}

  override focus(): void {
    this.area?.focus({ preventScroll: true });
    this.area?.setSelectionRange(this.area.value.length, this.area.value.length);
  }

  protected override render() {
    const { writable, label, hint } = this;
    const value = this.binding?.composing ? this.area!.value : (this.text?.toString() ?? this.plain);
    const { carets } = this;
    this.drawn = JSON.stringify(carets);
    // A line that has just begun has a height as soon as there is something on it.
    const pieces = [...cut(value, carets).map((each) => this.piece(each)), '\u200b'];
    return html`
      ${writable || value ? html`<label class="label" for="area">${label}</label>` : nothing}
      <div class="box" ?data-plain=${!writable}>
        <span class="mirror" dir="auto" aria-hidden=${writable ? 'true' : nothing}>${pieces}</span>
        ${
          writable
            ? html`<textarea
                id="area"
                rows="1"
                dir="auto"
                spellcheck="true"
                placeholder=${hint}
                @beforeinput=${this.onBeforeInput}
                @keydown=${this.onKey}
                @focus=${this.onFocus}
                @selectionchange=${this.sayCaret}
                @keyup=${this.sayCaret}
                @pointerup=${this.sayCaret}
                @blur=${this.onBlur}
              ></textarea>`
            : nothing
        }
      </div>
    `;
  }

  private piece(piece: Piece) {
    if ('caret' in piece) {
      return html`<span class="caret" data-hue=${hueOf(piece.caret)}
        ><bdi class="flag">${this.names.get(piece.caret) ?? '…'}</bdi></span
      >`;
    }
    return piece.selectedBy === undefined
      ? piece.text
      : html`<span class="selected" data-hue=${hueOf(piece.selectedBy)}>${piece.text}</span>`;
  }

  protected override updated(): void {
    this.hear(this.source.awareness);
    this.follow(this.writable ? undefined : this.text);
    const { area } = this;
    if (!area) return this.release();
    this.binding ??= new TextBinding(
      area,
      () => (this.text = this.make()),
      () => {
        this.requestUpdate();
        this.sayCaret();
      },
    );
    this.binding.bind(this.text, this.plain);
  }

  /** A board that began anew has another awareness. */
  private hear(awareness: BoardSource['awareness'] | undefined): void {
    if (awareness === this.heard) return;
    this.heard?.off('change', this.redraw);
    awareness?.on('change', this.redraw);
    this.heard = awareness;
  }

  /** A reader has no text area that would follow the text. */
  private follow(text: YText | undefined): void {
    if (text === this.followed) return;
    this.followed?.unobserve(this.reread);
    text?.observe(this.reread);
    this.followed = text;
  }

  private readonly reread = (): void => this.requestUpdate();

  private release(): void {
    this.binding?.destroy();
    this.binding = undefined;
  }

  private get carets(): Caret[] {
    return this.text ? caretsIn(this.source, this.card, this.field, this.text) : [];
  }

  /** Carets move all over the board; this text is drawn again for its own. */
  private readonly redraw = (): void => {
    if (JSON.stringify(this.carets) !== this.drawn) this.requestUpdate();
  };

  private readonly onBeforeInput = (event: InputEvent): void => {
    // The browser's own undo knows nothing of what others wrote in between; the board's does.
    if (event.inputType === 'historyUndo' || event.inputType === 'historyRedo') event.preventDefault();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (!this.single || event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    this.dispatchEvent(new CustomEvent('sr-done', { bubbles: true, composed: true }));
  };

  private readonly sayCaret = (): void => {
    const { area, text } = this;
    if (!area || !text || !this.writing) return;
    const backward = area.selectionDirection === 'backward';
    const [anchor, head] = backward
      ? [area.selectionEnd, area.selectionStart]
      : [area.selectionStart, area.selectionEnd];
    const caret = caretOf(this.card, this.field, text, anchor, head);
    const saying = JSON.stringify(caret);
    if (saying === this.sent) return;
    this.sent = saying;
    this.source.present({ caret });
  };

  private readonly onFocus = (): void => {
    this.writing = true;
    this.sayCaret();
  };

  private readonly onBlur = (): void => {
    this.writing = false;
    if (this.sent) this.source.present({ caret: undefined });
    this.sent = '';
  };
}
