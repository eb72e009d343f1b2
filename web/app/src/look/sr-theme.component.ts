import { baseStyles, icon, tokenStyles } from '@session-room/element';
import { css, html } from 'lit';
import { state } from 'lit/decorators.js';
import { say } from '../text/look.js';
import { TranslatedElement } from '@session-room/element/text/translated-element.ts';

const key = 'session-room:theme';

/** Switches between light and dark. Until it is pressed, the system's preference counts. */
export class SrThemeElement extends TranslatedElement {
  static override styles = [
    tokenStyles,
    baseStyles,
    css`
      :host {
        display: inline-block;
      }
      button {
        min-width: 2.75rem;
        padding: 0.4rem;
      }
    `,
  ];

  private readonly preference = matchMedia('(prefers-color-scheme: dark)');
  @state() private dark = isDark(this.preference);

  private readonly follow = () => (this.dark = isDark(this.preference));

  override connectedCallback(): void {
    super.connectedCallback();
    this.preference.addEventListener('change', this.follow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.preference.removeEventListener('change', this.follow);
  }

  protected override render() {
    const label = say(this.dark ? 'theme.light' : 'theme.dark');
    return html`<button class="quiet" aria-label=${label} title=${label} @click=${() => this.toggle()}>
      ${icon(this.dark ? 'light' : 'dark')}
    </button>`;
  }

  private toggle(): void {
    this.dark = !this.dark;
    const theme = this.dark ? 'dark' : 'light';
    document.documentElement.dataset['theme'] = theme;
    try {
      localStorage.setItem(key, theme);
    } catch {
      // Forbidden storage: the choice lasts as long as the page.
    }
  }
}

function isDark(preference: MediaQueryList): boolean {
  const chosen = document.documentElement.dataset['theme'];
  return chosen ? chosen === 'dark' : preference.matches;
}
