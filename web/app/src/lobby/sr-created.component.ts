import type { CreatedRoom, LinkRole } from '@session-room/client';
import { baseStyles, icon, tokenStyles } from '@session-room/element';
import { html, nothing, type PropertyValues, type SVGTemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { qrCode } from '@session-room/element/look/qr.ts';
import { say } from '../text/lobby.js';
import { linksOf } from './links.js';
import { createdStyles } from './sr-created.styles.js';
import { TranslatedElement } from '@session-room/element/text/translated-element.ts';

const order: readonly LinkRole[] = ['facilitator', 'member', 'observer', 'projector'];

/**
 * A new room's links, each to copy, and the members' as a QR code.
 * @event sr-another The person wants to open another room.
 */
export class SrCreatedElement extends TranslatedElement {
  static override styles = [tokenStyles, baseStyles, createdStyles];

  @property({ attribute: false }) room?: CreatedRoom;
  @state() private qr?: SVGTemplateResult;
  @state() private copied?: LinkRole;

  protected override async updated(changed: PropertyValues<this>): Promise<void> {
    if (changed.has('room') && this.room) this.qr = await qrCode(linksOf(this.room, location.origin).member);
  }

  protected override render() {
    if (!this.room) return nothing;
    const links = linksOf(this.room, location.origin);
    return html`
      <h2 class="title" tabindex="-1">${say('created.title')}</h2>
      <p class="soft"><bdi>${this.room.title}</bdi></p>
      <a class="open" href=${links.facilitator}>${say('created.open')}${icon('next')}</a>
      <p class="soft small hint">${say('created.hint')}</p>
      <ul>
        ${order.map((role) => this.link(role, links[role]))}
      </ul>
      <figure>
        <div class="frame" role="img" aria-label=${say('created.qr')}>${this.qr}</div>
        <figcaption class="soft small">${say('created.qr.hint')}</figcaption>
      </figure>
      <button class="quiet" @click=${() => this.dispatchEvent(new CustomEvent('sr-another'))}>
        ${say('created.another')}
      </button>
      <div class="hidden-text" role="status">${this.copied ? say('created.copied') : ''}</div>
    `;
  }

  private link(role: LinkRole, address: string) {
    const name = say(`created.link.${role}`);
    return html`<li>
      <span class="what"
        ><strong>${name}</strong><span class="soft small">${say(`created.link.${role}.hint`)}</span></span
      >
      <input readonly aria-label=${name} data-role=${role} .value=${address} @focus=${selectAll} />
      <button aria-label=${say('created.copy.of', { role: name })} @click=${() => this.copy(role, address)}>
        ${icon(this.copied === role ? 'check' : 'copy')}${say(this.copied === role ? 'created.copied' : 'created.copy')}
      </button>
    </li>`;
  }

  private async copy(role: LinkRole, address: string): Promise<void> {
    const field = this.renderRoot.querySelector<HTMLInputElement>(`[data-role=${role}]`);
    field?.select();
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      // No clipboard on plain http: the address is selected, and the copy key does the rest.
      return;
    }
    this.copied = role;
  }
}

function selectAll(event: FocusEvent): void {
  (event.target as HTMLInputElement).select();
}
