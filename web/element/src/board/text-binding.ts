import type { Text as YText, YTextEvent } from 'yjs';
import { typing } from './board-edits.js';
import { shift, spliceBetween, type Delta } from './splice.js';

/**
 * Keeps a text area and a shared text the same. What is typed goes out as one splice; what others write comes in
 * around the caret. While an input method composes, the area is the method's own: what others write in the meantime
 * waits, and from then on what is composed waits too, until the composition has ended.
 */
export class TextBinding {
  private text?: YText;
  /** What the area and the text agreed on last. */
  private shown = '';
  /** Whether the area is an input method's own and may show something else than the text. */
  composing = false;
  private held: Delta[] = [];
  private writing = false;

  constructor(
    private readonly area: HTMLTextAreaElement,
    private readonly make: () => YText,
    private readonly changed: () => void,
  ) {
    area.addEventListener('input', this.onInput);
    area.addEventListener('compositionstart', this.onComposition);
    area.addEventListener('compositionend', this.onComposed);
  }

  /** Binds to another text, or to none yet: then `plain` is shown, and the text is made when somebody types. */
  bind(text: YText | undefined, plain: string): void {
    if (text === this.text && (text || plain === this.shown)) return;
    this.text?.unobserve(this.onText);
    this.text = text;
    text?.observe(this.onText);
    this.held = [];
    this.show(text?.toString() ?? plain, (position) => position);
  }

  destroy(): void {
    this.text?.unobserve(this.onText);
    this.area.removeEventListener('input', this.onInput);
    this.area.removeEventListener('compositionstart', this.onComposition);
    this.area.removeEventListener('compositionend', this.onComposed);
  }

  private readonly onInput = (): void => {
    if (this.held.length === 0) this.push();
  };

  private readonly onComposition = (): void => {
    this.composing = true;
  };

  private readonly onComposed = (): void => {
    this.composing = false;
    const { held, text } = this;
    if (held.length === 0 || !text) return this.push();
    this.held = [];
    const splice = spliceBetween(this.shown, this.area.value, this.area.selectionEnd);
    const moved = (position: number, before: boolean) => held.reduce((at, delta) => shift(at, delta, before), position);
    let caret = moved(this.area.selectionEnd, true);
    if (splice) {
      const { index, remove, insert } = splice;
      const at = moved(index, true);
      this.write(text, () => {
        // Of what was replaced only the letters that are still there go; what others wrote among them stays.
        for (let i = index + remove - 1; i >= index; i--) {
          const from = moved(i, false);
          if (moved(i + 1, true) > from) text.delete(from, 1);
        }
        text.insert(at, insert);
      });
      caret = at + insert.length;
    }
    this.show(text.toString(), () => caret);
    this.changed();
  };

  private push(): void {
    const { area } = this;
    const splice = spliceBetween(this.shown, area.value, area.selectionEnd);
    if (!splice) return;
    const text = (this.text ??= this.made());
    this.shown = area.value;
    this.write(text, () => {
      text.delete(splice.index, splice.remove);
      text.insert(splice.index, splice.insert);
    });
    this.changed();
  }

  private made(): YText {
    const text = this.make();
    text.observe(this.onText);
    return text;
  }

  private write(text: YText, change: () => void): void {
    this.writing = true;
    text.doc!.transact(change, typing);
    this.writing = false;
  }

  private readonly onText = ({ delta }: YTextEvent): void => {
    if (this.writing) return;
    if (this.composing) this.held.push(delta);
    else {
      this.show(this.text!.toString(), (position, before) => shift(position, delta, before));
      this.changed();
    }
  };

  private show(value: string, moved: (position: number, before: boolean) => number): void {
    const { area } = this;
    this.shown = value;
    if (area.value !== value) {
      const { selectionStart: from, selectionEnd: to, selectionDirection } = area;
      area.value = value;
      area.setSelectionRange(moved(from, from === to), moved(to, true), selectionDirection);
    }
  }
}
