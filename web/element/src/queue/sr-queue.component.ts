import type { QueueEntry } from '@session-room/client';
import { html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { RoomPart } from '../part.js';
import { baseStyles } from '../look/base.styles.js';
import { icon } from '../look/icons.js';
import { intentStyles, intentTag } from '../look/intent.js';
import { placeMark, placeStyles } from '../look/place.js';
import { tokenStyles } from '../look/tokens.styles.js';
import { t } from '../text/messages.js';
import { figure } from '../text/time.js';
import { queueStyles } from './sr-queue.styles.js';
import { whyInWords } from './why.js';

/**
 * Who speaks next and why, in the room's order. Shown to a facilitator it can be changed.
 * @csspart entry One place in the queue.
 */
export class SrQueueElement extends RoomPart {
  static override styles = [tokenStyles, baseStyles, intentStyles, placeStyles, queueStyles];

  /** Shows no more than so many entries; all of them by default. */
  @property({ type: Number }) limit = Infinity;
  /** Leaves out reasons and everything to press, for screens that only show. */
  @property({ type: Boolean }) still = false;

  protected override render() {
    const queue = this.state?.queue;
    if (!this.state || !queue) return nothing;
    const entries = queue.entries ?? [];
    const waiting = this.unadmitted();
    return html`
      <div class="head">
        <h2>${t('queue.title')}</h2>
        <span class="soft small">
          ${queue.open === false ? html`<strong>${t('queue.closed')}</strong>` : t(`queue.policy.${this.policy}`)}
        </span>
      </div>
      ${
        entries.length === 0
          ? html`<p class="empty soft">
              ${t(this.still || queue.open === false ? 'queue.empty.show' : 'queue.empty')}
            </p>`
          : html`<ol>
              ${repeat(
                entries.slice(0, this.limit),
                ({ id }) => id,
                (entry, index) => this.entry(entry, index, entries),
              )}
            </ol>`
      }
      ${
        waiting.length > 0
          ? html`<h3 class="sub">${t('queue.waiting')}</h3>
              <ul>
                ${waiting.map((pid) => this.hand(pid))}
              </ul>`
          : nothing
      }
    `;
  }

  private get policy() {
    return this.state?.room.settings?.queuePolicy ?? 'fifo';
  }

  /** Raised hands without an entry: in a moderated room the facilitator lets them in. */
  private unadmitted(): string[] {
    const queued = new Set((this.state?.queue?.entries ?? []).map(({ pid }) => pid));
    return Object.entries(this.state?.people ?? {})
      .filter(([pid, person]) => person.hand && !queued.has(pid))
      .sort(([, a], [, b]) => (a.hand?.at ?? 0) - (b.hand?.at ?? 0))
      .map(([pid]) => pid);
  }

  private entry(entry: QueueEntry, index: number, entries: readonly QueueEntry[]) {
    const yours = entry.pid === this.you;
    return html`<li part="entry" ?data-yours=${yours}>
      <span class="place figures">${figure(index + 1)}</span>
      <span class="who">
        <bdi class="name">${this.nameOf(entry.pid)}</bdi>
        ${yours ? html`<span class="you">${t('queue.you')}</span>` : nothing}
        ${this.still ? nothing : placeMark(this.state?.people[entry.pid]?.place)}
      </span>
      <span class="tag">${entry.pinned ? icon('pin') : nothing}${intentTag(entry.intent)}</span>
      ${this.still ? nothing : html`<span class="why">${whyInWords(entry, this.policy, yours)}</span>`}
      ${this.still ? nothing : this.entryActions(entry, index, entries, yours)}
    </li>`;
  }

  private entryActions(entry: QueueEntry, index: number, entries: readonly QueueEntry[], yours: boolean) {
    if (!this.manage && !yours) return nothing;
    const name = this.nameOf(entry.pid);
    const after = entries[index + 1];
    const move = (afterId?: string) => this.order({ type: 'queue.move', entryId: entry.id, afterId });
    return html`<span class="actions">
      ${
        this.manage && index > 0
          ? this.action('up', t('queue.up.of', { name }), () => move(entries[index - 2]?.id))
          : nothing
      }
      ${after ? this.action('down', t('queue.down.of', { name }), () => move(after.id)) : nothing}
      ${this.action('close', t('queue.remove.of', { name }), () =>
        this.order({ type: 'queue.remove', entryId: entry.id }),
      )}
    </span>`;
  }

  private action(name: 'up' | 'down' | 'close', label: string, act: () => void) {
    return html`<button class="quiet small icon" aria-label=${label} title=${label} @click=${act}>
      ${icon(name)}
    </button>`;
  }

  private hand(pid: string) {
    const name = this.nameOf(pid);
    const intent = this.state?.people[pid]?.hand?.intent;
    return html`<li class="waiting" ?data-yours=${pid === this.you}>
      <span class="place">${icon('hand')}</span>
      <span class="who"><bdi class="name">${name}</bdi></span>
      <span class="tag">${intent ? intentTag(intent) : nothing}</span>
      ${
        this.manage && !this.still
          ? html`<span class="actions">
              <button
                class="small"
                aria-label=${t('queue.admit.of', { name })}
                @click=${() => this.order({ type: 'queue.admit', pid })}
              >
                ${t('queue.admit')}
              </button>
            </span>`
          : nothing
      }
    </li>`;
  }
}
