import type { TranslatedElement } from '../text/translated-element.js';

/** Whoever reads with the keyboard goes on at a view's heading. */
export async function focusHeading(view: HTMLElement): Promise<void> {
  await customElements.whenDefined(view.localName);
  await (view as Partial<TranslatedElement>).updateComplete;
  view.shadowRoot?.querySelector<HTMLElement>('h1[tabindex]')?.focus();
}
