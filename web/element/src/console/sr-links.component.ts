import type { LinkRole } from '@session-room/client';
import { css, html, nothing, type SVGTemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { baseStyles, icon, tokenStyles, TranslatedElement } from '../index.js';
import { qrCode } from '../look/qr.js';
import { say } from '../text/facilitation.js';

const handedOut = ['member', 'observer', 'projector'] as const;

/** The facilitator's own link is not among them: whoever uses this browser next would find it. */
export type RoomLinks = Record<Exclude<LinkRole, 'facilitator'>, string>;

/** The links that can be handed out, to be copied, and the members' as a QR code. */
export class SrLinksElement extends TranslatedElement {
  static override styles = [
    tokenStyles,
    baseStyles,
    css`
      h3 {
        margin: 0 0 0.5rem;
        color: var(--_soft);
        font-size: var(--_size-xs);
        font-weight: 600;
      }
      .invite {
        display: flex;
        gap: 0.9rem;
      }
      .frame {
        width: 8.75rem;
        height: 8.75rem;
        flex: none;
        border-radius: var(--_radius-s);
        overflow: hidden;
        background: #fff;
        forced-color-adjust: none;
      }
      .qr {
        display: block;
        width: 100%;
        height: 100%;
      }
      .links {
        display: grid;
        gap: 0.4rem;
        align-content: start;
      }
      button {
        justify-content: start;
        min-height: 2.65rem;
        padding-inline: 0.75rem;
      }
    `,
  ];

  @property({ attribute: false }) links?: RoomLinks;
  @state() private copied?: string;
  @state() private qr?: SVGTemplateResult;

  protected override render() {
    const { links } = this;
    if (!links) return nothing;
    if (!this.qr) void qrCode(links.member).then((qr) => (this.qr = qr));
    return html`<h3>${say('console.invite')}</h3>
      <div class="invite">
        <div class="frame" role="img" aria-label=${say('console.invite.qr')}>${this.qr}</div>
        <div class="links">
          ${handedOut.map(
            (role) =>
              html`<button @click=${() => this.copy(role, links[role])}>
                ${icon(this.copied === role ? 'check' : 'copy')}${say(`console.invite.${role}`)}
              </button>`,
          )}
        </div>
      </div>`;
  }

  private async copy(role: string, address: string): Promise<void> {
    // Plain http has no clipboard; there the address is shown to be copied by hand.
    if (!navigator.clipboard) return void prompt(say('console.invite'), address);
    await navigator.clipboard.writeText(address);
    this.copied = role;
  }
}
