import { policies, type LinkRole, type QueueMode, type QueuePolicy } from '@session-room/client';
import type { BoardSource } from '@session-room/client/board';
import { baseStyles, icon, RoomPart, t, tokenStyles } from '../index.js';
import { html, nothing, type SVGTemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Stage } from '../board/stage.js';
import { qrCode } from '../look/qr.js';
import { say } from '../text/facilitation.js';
import { read, storageOf, write } from '../store.js';
import { consoleStyles } from './sr-console.styles.js';

const minuteMs = 60_000;
const modes = ['open', 'moderated'] as const;
const presets = [1, 2, 5, 10] as const;
const handedOut = ['member', 'observer', 'projector'] as const;

/** The facilitator's own link is not among them: whoever uses this browser next would find it. */
export type RoomLinks = Record<Exclude<LinkRole, 'facilitator'>, string>;

/** Everything for running a session, within one hand's reach: the frequent in a bar, the rest behind one button. */
export class SrConsoleElement extends RoomPart {
  static override styles = [tokenStyles, baseStyles, consoleStyles];

  /** The room's board, once it is loaded: it can be shown on the big screen. */
  @property({ attribute: false }) board?: BoardSource;
  /** The links that can be handed out, where this browser knows them. */
  @property({ attribute: false }) links?: RoomLinks;
  @state() private more = false;
  /** Asking what becomes of what was written off the record. */
  @state() private returning = false;
  @state() private ending = false;
  @state() private minutes = 5;
  @state() private copied?: string;
  @state() private qr?: SVGTemplateResult;
  private readonly stage = new Stage(this, () => this.show(undefined));
  private known?: BoardSource;

  protected override willUpdate(): void {
    // What this tab's facilitator showed before a reload is still on the wall, and still theirs to change.
    if (this.board && this.board !== this.known && this.manage && read(storageOf('sessionStorage'), this.stageKey))
      this.board.present({ stage: 'board' });
    this.known = this.board;
    if (!this.state?.room.offRecord) this.returning = false;
  }

  protected override render() {
    if (!this.state) return nothing;
    if (!this.manage) return this.timekeeping();
    return html`<section class="console" aria-label=${say('console.label')}>
      ${this.more ? this.panel() : nothing}
      <div class="bar">
        ${this.state.room.stage === 'live' ? this.nextSpeaker() : this.start()}
        <div class="group" role="group" aria-label=${say('console.timer')}>${this.timer()}</div>
        ${this.nextItem()} ${this.screen()}
        <button
          class="more"
          aria-expanded=${this.more}
          @click=${() => {
            this.more = !this.more;
            this.ending = this.returning = false;
          }}
        >
          ${icon(this.more ? 'down' : 'more')}${say(this.more ? 'console.less' : 'console.more')}
        </button>
      </div>
    </section>`;
  }

  /** What a note-taker has of it: the timer. */
  private timekeeping() {
    const idle = (this.state?.timer?.status ?? 'idle') === 'idle';
    return html`<section class="console" aria-label=${say('console.timer')}>
      <div class="bar">
        <div class="group" role="group" aria-label=${say('console.timer')}>
          ${idle ? presets.map((n) => this.startTimer(n)) : [this.timer(), this.stopTimer()]}
        </div>
      </div>
    </section>`;
  }

  private startTimer(n: number, pressed: boolean | typeof nothing = nothing) {
    return html`<button
      aria-pressed=${pressed}
      @click=${() => {
        this.minutes = n;
        this.order({ type: 'timer.start', durationMs: n * minuteMs });
      }}
    >
      ${say('console.timer.start', { n })}
    </button>`;
  }

  private stopTimer() {
    return html`<button
      ?disabled=${this.state?.timer?.status === 'idle'}
      @click=${() => this.order({ type: 'timer.stop' })}
    >
      ${icon('stop')}${say('console.timer.stop')}
    </button>`;
  }

  private start() {
    return html`<button class="primary lead" @click=${() => this.order({ type: 'session.start' })}>
      ${icon('play')}${say('console.start')}
    </button>`;
  }

  private nextSpeaker() {
    const next = this.state?.queue?.entries?.[0];
    // The room refuses when the floor has changed hands meanwhile: two people pressing "next" skip nobody.
    const expect = this.state?.floor?.entryId;
    return html`<button
      class="primary lead"
      ?disabled=${!next}
      @click=${() => this.order({ type: 'floor.next', expect })}
    >
      ${icon('next')}<span class="clip"
        >${next ? say('console.next.named', { name: this.nameOf(next.pid) }) : say('console.next')}</span
      >
    </button>`;
  }

  private timer() {
    const status = this.state?.timer?.status ?? 'idle';
    if (status === 'idle') {
      return html`<button @click=${() => this.order({ type: 'timer.start', durationMs: this.minutes * minuteMs })}>
        ${icon('play')}${say('console.timer.start', { n: this.minutes })}
      </button>`;
    }
    const extend = (byMs: number) => () => this.order({ type: 'timer.extend', byMs });
    return html`
      <button @click=${extend(-minuteMs)}>${say('console.timer.less')}</button>
      ${
        status === 'paused'
          ? html`<button @click=${() => this.order({ type: 'timer.resume' })}>
              ${icon('play')}${say('console.timer.resume')}
            </button>`
          : html`<button @click=${() => this.order({ type: 'timer.pause' })}>
              ${icon('pause')}${say('console.timer.pause')}
            </button>`
      }
      <button @click=${extend(minuteMs)}>${say('console.timer.more')}</button>
    `;
  }

  private nextItem() {
    const items = this.state?.agenda?.items ?? [];
    const current = items.findIndex(({ id }) => id === this.state?.agenda?.current);
    const next = items[current + 1];
    if (!next) return nothing;
    return html`<button title=${next.title} @click=${() => this.order({ type: 'agenda.go', itemId: next.id })}>
      ${icon('next')}${say('console.item.next')}
    </button>`;
  }

  private get stageKey(): string {
    return `session-room:stage:${this.state?.room.id}`;
  }

  private show(stage: 'room' | 'board' | undefined): void {
    this.board?.present({ stage });
    write(storageOf('sessionStorage'), this.stageKey, stage === 'board' ? stage : null);
  }

  /** What the big screen shows; it follows whoever of the facilitators pressed last. */
  private screen() {
    const { board, stage } = this;
    if (!board) return nothing;
    const shown = stage.shown === 'board';
    return html`<button aria-pressed=${shown} @click=${() => this.show(shown ? 'room' : 'board')}>
      ${icon('remote')}${say('console.screen')}
    </button>`;
  }

  /** Off the record and back; where there is a board, what was written on it meanwhile is thrown away or kept. */
  private record() {
    const off = this.state?.room.offRecord;
    const back = (keep: boolean) => {
      this.returning = false;
      this.order(keep ? { type: 'record.on', keep } : { type: 'record.on' });
    };
    if (!off || !this.returning) {
      return html`<button
        @click=${() => {
          if (!off) this.order({ type: 'record.off' });
          else if (this.board) this.returning = true;
          else back(false);
        }}
      >
        ${icon('offRecord')}${say(off ? 'console.record.on' : 'console.record.off')}
      </button>`;
    }
    return html`<div class="sure" role="group" aria-labelledby="returning">
      <strong id="returning" role="alert">${say('console.record.sure')}</strong>
      <span class="row">
        <button class="primary" @click=${() => back(false)}>${say('console.record.drop')}</button>
        <button @click=${() => back(true)}>${say('console.record.keep')}</button>
        <button class="quiet" @click=${() => (this.returning = false)}>${say('console.record.stay')}</button>
      </span>
    </div>`;
  }

  private panel() {
    const room = this.state?.room;
    const open = this.state?.queue?.open !== false;
    return html`<div class="panel">
      <div class="column">
        <h3>${say('console.timer')}</h3>
        <div class="row">${presets.map((n) => this.startTimer(n, this.minutes === n))} ${this.stopTimer()}</div>
        <h3>${say('console.policy')}</h3>
        <div class="row">
          <select
            aria-label=${say('console.policy')}
            @change=${(event: Event) =>
              this.order({ type: 'queue.policy', policy: (event.target as HTMLSelectElement).value as QueuePolicy })}
          >
            ${policies.map(
              (policy) =>
                html`<option value=${policy} ?selected=${policy === room?.settings?.queuePolicy}>
                  ${t(`queue.policy.${policy}`)}
                </option>`,
            )}
          </select>
          <button @click=${() => this.order({ type: open ? 'queue.close' : 'queue.open' })}>
            ${say(open ? 'console.queue.close' : 'console.queue.open')}
          </button>
        </div>
        <h3>${say('console.mode')}</h3>
        <div class="row">
          <select
            aria-label=${say('console.mode')}
            @change=${(event: Event) =>
              this.order({ type: 'queue.policy', mode: (event.target as HTMLSelectElement).value as QueueMode })}
          >
            ${modes.map(
              (mode) =>
                html`<option value=${mode} ?selected=${mode === (room?.settings?.queueMode ?? 'open')}>
                  ${say(`console.mode.${mode}`)}
                </option>`,
            )}
          </select>
        </div>
      </div>
      <div class="column">
        <h3>${say('console.seat')}</h3>
        <form class="row" @submit=${(event: SubmitEvent) => this.addSeat(event)}>
          <input
            name="name"
            required
            maxlength="80"
            autocomplete="off"
            aria-label=${say('console.seat.name')}
            placeholder=${say('console.seat.name')}
          />
          ${this.devices()}
          <button>${icon('plus')}${say('console.seat.add')}</button>
        </form>
        <p class="soft small">${say('console.seat.hint')}</p>
      </div>
      ${this.invite()}
      <div class="column">
        <h3>${say('console.label')}</h3>
        <div class="row">${this.record()} ${this.end()}</div>
        <h3>${say('export.label')}</h3>
        <sr-export></sr-export>
      </div>
    </div>`;
  }

  /** Who holds the new seat: this facilitator, or a screen in the room, where there is one. */
  private devices() {
    const screens = Object.entries(this.state?.people ?? {}).filter(([, { role }]) => role === 'projector');
    if (screens.length === 0) return nothing;
    return html`<select name="device" aria-label=${say('console.seat.device')}>
      <option value="">${say('console.seat.device.self')}</option>
      ${screens.map(
        ([pid, { name }]) => html`<option value=${pid}>${say('console.seat.device.projector', { name })}</option>`,
      )}
    </select>`;
  }

  private end() {
    if (!this.ending) {
      return html`<button class="danger" @click=${() => (this.ending = true)}>
        ${icon('stop')}${say('console.end')}
      </button>`;
    }
    return html`<span class="row sure" role="alert">
      <strong>${say('console.end.sure')}</strong>
      <button class="danger" @click=${() => this.order({ type: 'session.end' })}>${say('console.end.yes')}</button>
      <button @click=${() => (this.ending = false)}>${say('console.end.no')}</button>
    </span>`;
  }

  /** The links, where this browser opened the room and so knows them. */
  private invite() {
    const { links } = this;
    if (!links) return nothing;
    if (!this.qr) void qrCode(links.member).then((qr) => (this.qr = qr));
    return html`<div class="column">
      <h3>${say('console.invite')}</h3>
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
      </div>
    </div>`;
  }

  private async copy(role: string, address: string): Promise<void> {
    // Plain http has no clipboard; there the address is shown to be copied by hand.
    if (!navigator.clipboard) return void prompt(say('console.invite'), address);
    await navigator.clipboard.writeText(address);
    this.copied = role;
  }

  private addSeat(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const data = new FormData(form);
    const name = data.get('name');
    if (typeof name !== 'string' || name.trim() === '') return;
    const device = data.get('device');
    this.order({ type: 'people.seat', name: name.trim(), ...(typeof device === 'string' && device && { device }) });
    form.reset();
  }
}
