import { policies, type QueueMode, type QueuePolicy } from '@session-room/client';
import type { BoardSource } from '@session-room/client/board';
import { baseStyles, icon, RoomPart, t, tokenStyles } from '../index.js';
import { html, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { Stage } from '../board/stage.js';
import { say } from '../text/facilitation.js';
import { read, storageOf, write } from '../store.js';
import { isTaken, letterOf, listenForKeys } from '../look/keys.js';
import { clockSign } from './clock-signs.js';
import { commandOf, minuteMs, nextItem } from './console-acts.js';
import { consoleKeys, type ConsoleAct } from './console-keys.js';
import type { SrKeysElement } from './sr-keys.component.js';
import type { RoomLinks } from './sr-links.component.js';
import type { SrQuietElement } from './sr-quiet.component.js';
import { consoleStyles } from './sr-console.styles.js';

const modes = ['open', 'moderated'] as const;
const presets = [1, 2, 5, 10] as const;
const keysKey = 'session-room:keys';

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
  private readonly stage = new Stage(this, () => this.show(undefined));
  private known?: BoardSource;
  /** Whether single keys act. Remembered in this browser. */
  @state() private keys = read(storageOf('localStorage'), keysKey) !== 'off';
  /** What a key did, for those who do not see it. */
  @state() private said = '';
  @query('sr-keys') private readonly map?: SrKeysElement;
  @query('sr-quiet') private readonly quiet?: SrQuietElement;

  constructor() {
    super();
    listenForKeys(this, (event) => {
      if (!this.keys || !this.manage || isTaken(event)) return;
      const act = (consoleKeys as Partial<Record<string, ConsoleAct>>)[letterOf(event)];
      if (!act || !this.act(act)) return;
      event.preventDefault();
      this.said = say(`keys.${act}`);
    });
  }

  /** Does it, where it can be done now. */
  private act(act: ConsoleAct): boolean {
    if (!this.state) return false;
    const command = commandOf(act, this.state, this.minutes);
    if (command) this.order(command);
    else if (act === 'record') this.turnRecord();
    else if (act === 'quiet') void this.showQuiet();
    else if (act === 'map') this.map?.show();
    else if (act === 'screen' && this.board) this.show(this.stage.shown === 'board' ? 'room' : 'board');
    else return false;
    return true;
  }

  private async showQuiet(): Promise<void> {
    this.more = true;
    await this.updateComplete;
    await this.quiet?.updateComplete;
    this.quiet?.scrollIntoView({ block: 'nearest' });
    this.quiet?.focusFirst();
  }

  private readonly switchKeys = (event: CustomEvent<boolean>): void => {
    this.keys = event.detail;
    write(storageOf('localStorage'), keysKey, this.keys ? null : 'off');
  };

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
        ${this.nextItem()} ${this.closing()} ${this.screen()}
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
      <sr-keys ?on=${this.keys} @sr-keys=${this.switchKeys}></sr-keys>
      <p class="hidden-text" role="status">${this.said}</p>
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
      ${clockSign('stop')}${say('console.timer.stop')}
    </button>`;
  }

  private start() {
    return html`<button class="primary lead" @click=${() => this.act('start')}>
      ${clockSign('play')}${say('console.start')}
    </button>`;
  }

  private nextSpeaker() {
    const next = this.state?.queue?.entries?.[0];
    return html`<button class="primary lead" ?disabled=${!next} @click=${() => this.act('next')}>
      ${icon('next')}<span class="clip"
        >${next ? say('console.next.named', { name: this.nameOf(next.pid) }) : say('console.next')}</span
      >
    </button>`;
  }

  private timer() {
    const status = this.state?.timer?.status ?? 'idle';
    const pause = (sign: 'play' | 'pause', name: string) =>
      html`<button @click=${() => this.act('pause')}>${clockSign(sign)}${name}</button>`;
    if (status === 'idle') return pause('play', say('console.timer.start', { n: this.minutes }));
    return html`
      <button @click=${() => this.act('less')}>${say('console.timer.less')}</button>
      ${status === 'paused' ? pause('play', say('console.timer.resume')) : pause('pause', say('console.timer.pause'))}
      <button @click=${() => this.act('more')}>${say('console.timer.more')}</button>
    `;
  }

  private nextItem() {
    const next = this.state && nextItem(this.state);
    if (!next) return nothing;
    return html`<button title=${next.title} @click=${() => this.act('item')}>
      ${icon('next')}${say('console.item.next')}
    </button>`;
  }

  private closing() {
    const open = this.state?.queue?.open !== false;
    return html`<button @click=${() => this.act('queue')}>
      ${icon(open ? 'close' : 'hand')}${say(open ? 'console.queue.close' : 'console.queue.open')}
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
    return html`<button aria-pressed=${stage.shown === 'board'} @click=${() => this.act('screen')}>
      ${icon('remote')}${say('console.screen')}
    </button>`;
  }

  private turnRecord(): void {
    if (!this.state?.room.offRecord) this.order({ type: 'record.off' });
    else if (this.board) this.more = this.returning = true;
    else this.order({ type: 'record.on' });
  }

  /** Off the record and back; where there is a board, what was written on it meanwhile is thrown away or kept. */
  private record() {
    const off = this.state?.room.offRecord;
    const back = (keep: boolean) => {
      this.returning = false;
      this.order(keep ? { type: 'record.on', keep } : { type: 'record.on' });
    };
    if (!off || !this.returning) {
      return html`<button @click=${() => this.act('record')}>
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
    const { state, now } = this;
    return html`<div class="panel">
      <div class="column">
        <h3>${say('console.quiet')}</h3>
        <sr-quiet .state=${state}></sr-quiet>
        ${this.seat()}
      </div>
      <div class="column">
        <h3>${say('console.label')}</h3>
        <div class="row">
          ${this.record()} ${this.end()}
          ${
            state?.floor?.pid === undefined
              ? nothing
              : html`<button @click=${() => this.act('yield')}>${icon('check')}${say('console.yield')}</button>`
          }
          <button class="quiet" aria-haspopup="dialog" @click=${() => this.act('map')}>
            <kbd aria-hidden="true">?</kbd>${say('console.keys')}
          </button>
        </div>
        <h3>${say('export.label')}</h3>
        <sr-export></sr-export>
      </div>
      <div class="column">
        <h3>${say('console.timer')}</h3>
        <div class="row">${presets.map((n) => this.startTimer(n, this.minutes === n))} ${this.stopTimer()}</div>
        ${this.speakingOrder()}
      </div>
      ${
        state?.agenda?.items?.length
          ? html`<div class="column">
              <h3>${say('ledger.title')}</h3>
              <sr-ledger .state=${state} .now=${now}></sr-ledger>
            </div>`
          : nothing
      }
      ${this.links ? html`<sr-links class="column" .links=${this.links}></sr-links>` : nothing}
    </div>`;
  }

  private speakingOrder() {
    const settings = this.state?.room.settings;
    return html`<h3>${say('console.policy')}</h3>
      <div class="row">
        <select
          aria-label=${say('console.policy')}
          @change=${(event: Event) =>
            this.order({ type: 'queue.policy', policy: (event.target as HTMLSelectElement).value as QueuePolicy })}
        >
          ${policies.map(
            (policy) =>
              html`<option value=${policy} ?selected=${policy === settings?.queuePolicy}>
                ${t(`queue.policy.${policy}`)}
              </option>`,
          )}
        </select>
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
              html`<option value=${mode} ?selected=${mode === (settings?.queueMode ?? 'open')}>
                ${say(`console.mode.${mode}`)}
              </option>`,
          )}
        </select>
      </div>`;
  }

  /** For somebody without a device. */
  private seat() {
    return html`<h3>${say('console.seat')}</h3>
      <form class="row" @submit=${(event: SubmitEvent) => this.addSeat(event)}>
        <input
          name="name"
          required
          maxlength="80"
          autocomplete="off"
          dir="auto"
          aria-label=${say('console.seat.name')}
          placeholder=${say('console.seat.name')}
        />
        ${this.devices()}
        <button>${icon('plus')}${say('console.seat.add')}</button>
      </form>
      <p class="soft small">${say('console.seat.hint')}</p>`;
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
        ${clockSign('stop')}${say('console.end')}
      </button>`;
    }
    return html`<span class="row sure" role="alert">
      <strong>${say('console.end.sure')}</strong>
      <button class="danger" @click=${() => this.order({ type: 'session.end' })}>${say('console.end.yes')}</button>
      <button @click=${() => (this.ending = false)}>${say('console.end.no')}</button>
    </span>`;
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
