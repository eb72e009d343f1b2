import { css, html, nothing } from 'lit';
import { baseStyles, roughly, RoomPart, t, Ticker, tokenStyles, untilNextStep } from '../index.js';
import { say } from '../text/facilitation.js';
import { accountsOf, type Account } from './ledger.js';

/** Differences below this are not worth a word. */
const noticeableMs = 30_000;

/** The ledger of borrowed minutes: what each item had, took or gave back, and from whom. */
export class SrLedgerElement extends RoomPart {
  static override styles = [
    tokenStyles,
    baseStyles,
    css`
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--_size-xs);
      }
      th,
      td {
        padding: 0.3rem 0;
        padding-inline-end: 0.6rem;
        border-top: 1px solid var(--_line);
        text-align: start;
        vertical-align: baseline;
        font-weight: 450;
      }
      thead th {
        border: 0;
        overflow-wrap: normal;
        color: var(--_soft);
        font-weight: 600;
      }
      td {
        text-align: end;
        white-space: nowrap;
      }
      thead th:not(:first-child) {
        text-align: end;
      }
      td:last-child,
      th:last-child {
        padding-inline-end: 0;
      }
      [aria-current] th,
      tfoot th,
      tfoot td {
        font-weight: 650;
      }
      [data-over] {
        color: var(--_alarm);
        font-weight: 600;
      }
      .from {
        display: block;
        color: var(--_soft);
        font-weight: 400;
      }
    `,
  ];

  constructor() {
    super();
    new Ticker(this, () => {
      const since = this.state?.agenda?.since;
      return since === undefined ? undefined : untilNextStep(-(this.now() - since), 10_000);
    });
  }

  protected override render() {
    if (!this.state?.agenda?.items?.length) return nothing;
    const { items, betweenMs, plannedMs, spentMs, borrowedMs } = accountsOf(this.state, this.now());
    return html`<table class="figures">
      <caption class="hidden-text">
        ${say('ledger.title')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t('agenda.title')}</th>
          ${(['planned', 'spent', 'borrowed'] as const).map((each) => html`<th scope="col">${say(`ledger.${each}`)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${items.map((item) => this.row(item))}
        ${
          betweenMs >= noticeableMs
            ? html`<tr>
                <th scope="row">${say('ledger.between')}</th>
                <td></td>
                <td>${roughly(betweenMs)}</td>
                <td>${difference(betweenMs)}</td>
              </tr>`
            : nothing
        }
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${say('ledger.sum')}</th>
          <td>${roughly(plannedMs)}</td>
          <td>${roughly(spentMs)}</td>
          <td>${difference(borrowedMs)}</td>
        </tr>
      </tfoot>
    </table>`;
  }

  private row(item: Account) {
    const began = !item.ahead;
    return html`<tr aria-current=${item.current ? 'step' : nothing}>
      <th scope="row">
        <bdi>${item.title}</bdi>
        ${item.overMs >= noticeableMs ? html`<span class="from">${lenders(item)}</span>` : nothing}
      </th>
      <td>${item.plannedMs ? roughly(item.plannedMs) : '–'}</td>
      <td>${began ? roughly(item.spentMs) : '–'}</td>
      <td ?data-over=${item.overMs >= noticeableMs}>${began ? difference(item.overMs) : '–'}</td>
    </tr>`;
  }
}

/** From whom the minutes are. */
function lenders({ from, fromEndMs }: Account) {
  const parts = [
    ...from
      .filter(({ ms }) => ms >= noticeableMs)
      .map(({ title, ms }) => say('ledger.from', { time: roughly(ms), title })),
    fromEndMs >= noticeableMs ? say('ledger.from.end', { time: roughly(fromEndMs) }) : '',
  ];
  return parts.filter(Boolean).join(' · ');
}

function difference(ms: number): string {
  if (Math.abs(ms) < noticeableMs) return say('ledger.even');
  return say(ms > 0 ? 'ledger.more' : 'ledger.less', { time: roughly(Math.abs(ms)) });
}
