import { baseStyles, currentLocale, languages, tokenStyles, TranslatedElement } from '@session-room/element';
import { draw } from '@session-room/element/look/icons.ts';
import { baseOf, type Language } from '@session-room/element/text/languages.ts';
import { css, html } from 'lit';
import { chooseLanguage } from '../language.js';
import { say } from '../text/look.js';

const globe = 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0M3 12h18M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18';

/** Each by its own name, for those who read no other. */
const names: Record<Language, string> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  pt: 'Português',
  ja: '日本語',
  ar: 'العربية',
};

/** The languages to choose from, each by its own name. What is chosen is used at once, and remembered. */
export class SrLanguageElement extends TranslatedElement {
  static override styles = [
    tokenStyles,
    baseStyles,
    css`
      :host {
        display: inline-block;
      }
      label {
        position: relative;
        display: grid;
        place-items: center;
        min-width: 2.75rem;
        min-height: 2.75rem;
        border-radius: 99px;
        color: var(--_soft);
      }
      label:hover {
        color: var(--_ink);
      }
      label:focus-within {
        outline: 3px solid var(--_accent);
        outline-offset: 2px;
      }
      select {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        opacity: 0;
        cursor: pointer;
      }
      option {
        background: Canvas;
        color: CanvasText;
      }
    `,
  ];

  protected override render() {
    const label = say('language.choose');
    return html`<label title=${label}
      >${draw(globe)}<select aria-label=${label} .value=${baseOf(currentLocale())} @change=${this.choose}>
        ${languages.map(
          (language) =>
            html`<option lang=${language} value=${language} ?selected=${language === baseOf(currentLocale())}>
              ${names[language]}
            </option>`,
        )}
      </select></label
    >`;
  }

  private readonly choose = async (event: Event): Promise<void> => {
    const select = event.target as HTMLSelectElement;
    try {
      await chooseLanguage(select.value);
    } catch {
      // Not to be had now: the page stays as it is, and so does the menu.
      select.value = baseOf(currentLocale());
    }
  };
}
