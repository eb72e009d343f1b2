import type { AgendaItem } from '@session-room/client';
import { html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { RoomPart } from '../part.js';
import { Ticker, untilNextStep } from '../look/ticker.js';
import { baseStyles } from '../look/base.styles.js';
import { icon } from '../look/icons.js';
import { tokenStyles } from '../look/tokens.styles.js';
import { t } from '../text/messages.js';
import { figure, roughly, timeOfDay } from '../text/time.js';
import { agendaStyles } from './sr-agenda.styles.js';

/** Differences below this are not worth a word. */
const noticeableMs = 30_000;

/** What the room is about, item by item, and what the minutes spent do to its end. */
export class SrAgendaElement extends RoomPart {
  static override styles = [tokenStyles, baseStyles, agendaStyles];

  /** Shows no more than so many items, from the one before the current on; all of them by default. */
  @property({ type: Number }) limit = Infinity;

  constructor() {
    super();
    new Ticker(this, () => {
      const since = this.state?.agenda?.since;
      return since === undefined ? undefined : untilNextStep(-(this.now() - since), 10_000);
    });
  }

  protected override render() {
    if (!this.state) return nothing;
    const items = this.state.agenda?.items ?? [];
    const current = items.findIndex(({ id }) => id === this.state?.agenda?.current);
    const from = Math.max(0, Math.min(current - 1, items.length - this.limit));
    return html`
      <div class="head">
        <h2>${t('agenda.title')}</h2>
        <span class="soft small figures">${this.ledger()}</span>
      </div>
      ${
        items.length === 0
          ? html`<p class="soft">${t('agenda.empty')}</p>`
          : html`<ol>
              ${items.map((item, index) => this.item(item, index, current)).slice(from, from + this.limit)}
            </ol>`
      }
    `;
  }

  private item(item: AgendaItem, index: number, current: number) {
    const now = index === current;
    const spentMs = this.spent(item, now);
    // Whatever the room has left behind is done, also when it came to it out of order.
    const done = !now && spentMs >= noticeableMs;
    return html`<li aria-current=${now ? 'step' : nothing} ?data-done=${done}>
      <span class="mark figures">${done ? icon('check') : figure(index + 1)}</span>
      <span class="text">
        <bdi class="title">${item.title}</bdi>
        ${now ? html`<span part="now" class="now">${t('agenda.current')}</span>` : nothing}
        ${done ? html`<span class="hidden-text">${t('agenda.done')}</span>` : nothing}
        ${
          item.presenterId
            ? html`<span part="presenter" class="soft small"
                >${t('agenda.presenter', { name: this.nameOf(item.presenterId) })}</span
              >`
            : nothing
        }
        ${now && item.durationMs ? this.progress(spentMs, item.durationMs) : nothing}
      </span>
      <span class="box figures">${this.timebox(item, spentMs, now || done)}</span>
      ${
        this.manage && !now && this.state?.room.stage !== 'ended'
          ? html`<button
              class="small"
              aria-label=${t('agenda.go.of', { title: item.title })}
              @click=${() => this.order({ type: 'agenda.go', itemId: item.id })}
            >
              ${t('agenda.go')}
            </button>`
          : nothing
      }
    </li>`;
  }

  private spent(item: AgendaItem, now: boolean): number {
    const since = this.state?.agenda?.since;
    const running =
      now && since !== undefined && this.state?.room.stage !== 'ended' ? Math.max(0, this.now() - since) : 0;
    return (item.spentMs ?? 0) + running;
  }

  private timebox(item: AgendaItem, spentMs: number, began: boolean) {
    if (!item.durationMs) return began && spentMs >= noticeableMs ? roughly(spentMs) : nothing;
    const planned = roughly(item.durationMs);
    if (!began || spentMs < noticeableMs) return planned;
    const over = spentMs > item.durationMs + noticeableMs;
    return html`<span ?data-over=${over}>${t('agenda.spent', { spent: roughly(spentMs), planned })}</span>`;
  }

  private progress(spentMs: number, durationMs: number) {
    const share = Math.min(100, (spentMs / durationMs) * 100);
    return html`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="100" height="1" />
      <rect class="spent" width=${share.toFixed(1)} height="1" ?data-over=${spentMs > durationMs} />
    </svg>`;
  }

  private ledger() {
    const agenda = this.state?.agenda;
    const planned =
      agenda?.ledger?.plannedMs ?? (agenda?.items ?? []).reduce((sum, { durationMs = 0 }) => sum + durationMs, 0);
    const { borrowedMs = 0, expectedEndAt } = agenda?.ledger ?? {};
    // The server counts the end as if the timer stopped at zero; what has run over since then comes on top.
    const { status, endsAt } = this.state?.timer ?? {};
    const overMs = status === 'overtime' && endsAt !== undefined ? Math.max(0, this.now() - endsAt) : 0;
    const parts = [
      planned > 0 && this.limit === Infinity ? t('agenda.planned', { time: roughly(planned) }) : '',
      borrowedMs >= noticeableMs ? t('agenda.borrowed', { time: roughly(borrowedMs) }) : '',
      borrowedMs <= -noticeableMs ? t('agenda.ahead', { time: roughly(-borrowedMs) }) : '',
      expectedEndAt && this.state?.room.stage === 'live'
        ? t('agenda.ends', { time: timeOfDay(expectedEndAt + overMs) })
        : '',
    ];
    return parts.filter(Boolean).join(' · ');
  }
}
