import {
  enterRoom,
  HttpRefusal,
  RoomConnection,
  type ConnectionStatus,
  type Ending,
  type Place,
  type RoomCommand,
  type RoomState,
} from '@session-room/client';
import type { RoomBoard } from '@session-room/client/board';
import { baseStyles, tokenStyles, type CommandEvent } from '@session-room/element';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { say, type RoomMessageKey } from '@session-room/element/text/room.ts';
import { storageOf } from '@session-room/element/store.ts';
import { turnOf } from '@session-room/element/member/turn.ts';
import type { ExportFormat } from '@session-room/element/console/export.ts';
import { Invitations, roomOf, type Invitation } from './invitation.js';
import { findLinks } from './handed-out.js';
import { pageStyles } from './sr-room-page.styles.js';
import { TranslatedElement } from '@session-room/element/text/translated-element.ts';

/** A projector hears from the room often enough that the age it shows means something. */
const projectorContactMs = 4000;
const noticeMs = 6000;
const connecting: ConnectionStatus = { phase: 'connecting', waiting: [], delayed: false };
/** After these the invite leads nowhere any more, and is not left behind in the browser. */
const gone: readonly (Ending | undefined)[] = ['removed', 'room_deleted', 'not_found'];

/** The page of one room: lets in, connects, passes the agreement, and then shows the view that the role calls for. */
export class SrRoomPageElement extends TranslatedElement {
  static override styles = [tokenStyles, baseStyles, pageStyles];

  @state() private invitation?: Invitation;
  @state() private roomState?: RoomState;
  @state() private status: ConnectionStatus = connecting;
  @state() private busy = false;
  @state() private failure = '';
  @state() private notice = '';
  @state() private left = false;
  private readonly invitations = new Invitations(storageOf('localStorage'), storageOf('sessionStorage'));
  private readonly projecting = new URLSearchParams(location.search).get('view') === 'projector';
  private connection?: RoomConnection;
  @state() private board?: RoomBoard;
  /** The person pressed something that leads to another view. */
  private acted = false;
  private inTabOnly = false;
  private view?: HTMLElement;
  private noticeTimeout?: ReturnType<typeof setTimeout>;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('online', this.wake);
    addEventListener('hashchange', this.arrive);
    document.addEventListener('visibilitychange', this.wake);
    this.arrive();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.wake);
    removeEventListener('hashchange', this.arrive);
    document.removeEventListener('visibilitychange', this.wake);
    this.leave();
  }

  private readonly arrive = (): void => {
    const room = roomOf(location.pathname);
    const ending = this.invitations.endingOf(room, location.hash);
    const invitation = ending ? undefined : this.invitations.find(room, location.hash);
    // The invite stays out of screenshots, shared addresses and the history.
    if (location.hash) history.replaceState(null, '', location.pathname + location.search);
    if (!ending && invitation?.invite === this.invitation?.invite && this.connection) return;
    this.leave();
    this.connection = undefined;
    this.roomState = undefined;
    this.invitation = invitation;
    this.status = { ...connecting, ending };
    this.left = false;
    this.failure = '';
    if (invitation?.entry) this.connect();
    else if (invitation && this.projecting) void this.enter(say('projector.name'), 'inRoom');
  };

  private readonly wake = (): void => {
    if (document.visibilityState === 'visible') this.connection?.wake();
  };

  protected override render() {
    const { invitation, roomState, connection } = this;
    if (this.left) return this.sheet('declined');
    if (this.status.ending) return this.sheet(this.status.ending);
    if (!invitation) return this.sheet('none');
    if (!invitation.entry) {
      return this.door(
        html`<sr-join
          .name=${invitation.name ?? this.invitations.usualName}
          .busy=${this.busy}
          .failure=${this.failure}
          @sr-enter=${(event: CustomEvent<{ name: string; place: Place }>) => {
            this.acted = true;
            void this.enter(event.detail.name, event.detail.place);
          }}
        ></sr-join>`,
      );
    }
    const you = connection?.you;
    if (!connection || !roomState || you === undefined) {
      return html`<p class="connecting soft" role="status">${say('room.connecting')}</p>`;
    }
    const self = roomState.people[you];
    // Until one has agreed there is no more of the room here than its agreement.
    const onWall = self?.role === 'projector' || this.projecting;
    if (!roomState.queue || self?.agreed === false) {
      void import('@session-room/element/door/sr-gate.ts');
      return this.door(
        html`<sr-gate
          ?wall=${onWall}
          .state=${roomState}
          @sr-command=${this.command}
          @sr-decline=${() => this.decline()}
        ></sr-gate>`,
      );
    }
    void this.openBoard(connection);
    const view = onWall ? this.projector(connection, you) : this.member(connection, you);
    return html`${view}
      <div class="notice" role="status" ?data-shown=${this.notice !== ''}>${this.notice}</div>`;
  }

  private member(connection: RoomConnection, you: string) {
    const { roomState, board } = this;
    const { now } = connection.clock;
    const manage = roomState?.people[you]?.role === 'facilitator';
    return html`<sr-member
      .state=${roomState}
      .you=${you}
      .now=${now}
      .status=${this.status}
      .board=${board}
      .links=${findLinks(this.invitation?.room ?? '')}
      ?manage=${manage}
      @sr-command=${this.command}
      @sr-export=${(event: CustomEvent<ExportFormat>) => this.export(event.detail)}
      >${
        board
          ? html`<sr-board
              slot="board"
              .source=${board}
              .state=${roomState}
              .you=${you}
              .now=${now}
              ?manage=${manage}
            ></sr-board>`
          : nothing
      }</sr-member
    >`;
  }

  /** The room comes first: its board is loaded when the rest of it is on the screen. */
  private async openBoard(connection: RoomConnection): Promise<void> {
    const { openBoard } = await import('../board.js');
    if (this.connection === connection) this.board ??= openBoard(connection);
  }

  private leave(): void {
    void this.board?.destroy();
    this.board = undefined;
    void this.connection?.leave();
  }

  private projector(connection: RoomConnection, you: string) {
    void import('@session-room/element/projector/sr-projector.ts');
    return html`<sr-projector
      .state=${this.roomState}
      .you=${you}
      .now=${connection.clock.now}
      .age=${() => connection.ageMs}
      .board=${this.board}
      .joinAddress=${this.joinAddress()}
      @sr-command=${this.command}
    ></sr-projector>`;
  }

  private joinAddress(): string | undefined {
    const { room, join } = this.invitation ?? {};
    return room && join
      ? `${location.origin}/r/${encodeURIComponent(room)}#invite=${encodeURIComponent(join)}`
      : undefined;
  }

  private async enter(name: string, place: Place): Promise<void> {
    if (!this.invitation || this.busy) return;
    this.busy = true;
    this.failure = '';
    try {
      const { room, invite } = this.invitation;
      const entry = await enterRoom(room, { invite, name, place });
      this.keep({ ...this.invitation, name, place, entry });
      this.connect();
    } catch (error) {
      this.failure = failureOf(error);
      // A screen on a wall has nobody to press a button.
      if (this.projecting && error instanceof HttpRefusal && !error.final)
        setTimeout(() => void this.enter(name, place), 3000);
    } finally {
      this.busy = false;
    }
  }

  private connect(): void {
    this.leave();
    this.roomState = undefined;
    const { entry } = this.invitation ?? {};
    const connection = new RoomConnection({
      token: entry?.token,
      renew: () => this.renew(),
      contactEveryMs: this.projecting || entry?.role === 'projector' ? projectorContactMs : undefined,
    });
    connection.subscribe({
      state: (roomState) => {
        if (this.connection !== connection) return;
        this.roomState = roomState;
        if (roomState.room.stage === 'ended') this.afterSession(roomState, connection.you);
      },
      status: (status) => {
        if (this.connection !== connection) return;
        this.status = status;
        const { invitation } = this;
        if (invitation && gone.includes(status.ending))
          void import('./leaving.js').then(({ forget }) => forget(invitation, status.ending!));
      },
    });
    this.connection = connection;
    this.status = connection.status;
    connection.start();
  }

  private keep(invitation: Invitation): void {
    this.invitation = invitation;
    if (this.inTabOnly) void import('./leaving.js').then(({ keepInTabOnly }) => keepInTabOnly(invitation));
    else this.invitations.keep(invitation);
  }

  /** A facilitator's invite and token do not outlive the session in a browser that others may use. */
  private afterSession(roomState: RoomState, you: string | undefined): void {
    if (!this.invitation || this.inTabOnly || you === undefined) return;
    if (roomState.people[you]?.role !== 'facilitator') return;
    this.inTabOnly = true;
    this.keep(this.invitation);
  }

  private async export(format: ExportFormat): Promise<void> {
    const { room = '', entry } = this.invitation ?? {};
    const { download } = await import('@session-room/element/console/export.ts');
    await download(room, entry?.token ?? '', format).catch((error: unknown) => this.notify(failureOf(error)));
  }

  private async renew(): Promise<string> {
    const { room = '', invite = '', name = '', place, entry } = this.invitation ?? {};
    const renewed = await enterRoom(room, { invite, name, place }, { formerToken: entry?.token });
    this.keep({ ...this.invitation, room, invite, entry: renewed });
    return renewed.token;
  }

  private readonly command = (event: CommandEvent): void => {
    event.stopPropagation();
    if (event.detail.type === 'agreement.accept') this.acted = true;
    void this.ask(event.detail);
  };

  private async ask(command: RoomCommand): Promise<void> {
    const answer = await this.connection?.do(command);
    if (!answer || answer.ok) return;
    this.notify(say(`refusal.${answer.error.code}` satisfies RoomMessageKey));
  }

  private notify(text: string): void {
    this.notice = text;
    clearTimeout(this.noticeTimeout);
    this.noticeTimeout = setTimeout(() => (this.notice = ''), noticeMs);
  }

  private decline(): void {
    this.left = true;
    this.leave();
  }

  private nameWindow(you: string | undefined): void {
    const title = this.roomState?.room.title ?? say('app.name');
    const turn = this.roomState && turnOf(this.roomState, you);
    document.title =
      turn === 'floor' || turn === 'next'
        ? `${turn === 'floor' ? '●' : '○'} ${say(`room.you.${turn}`)} · ${title}`
        : title;
  }

  private sheet(why: Ending | 'none' | 'declined') {
    void import('@session-room/element/door/sr-sheet.ts');
    return this.door(
      html`<sr-sheet
        .why=${why}
        .invited=${this.invitation !== undefined}
        @sr-again=${() => this.startOver()}
      ></sr-sheet>`,
    );
  }

  /** Before and after the room, where its header is not there to hold the menu. Nobody presses anything on a wall. */
  private door(view: TemplateResult) {
    return this.projecting
      ? view
      : html`<header><sr-language></sr-language></header>
          ${view}`;
  }

  /** With the same invitation: to the room where the token is good, else to the door, for one more press. */
  private startOver(): void {
    if (!this.invitation) return;
    const full = this.status.ending === 'too_large';
    this.status = connecting;
    if (full) return this.connect();
    this.invitation = { ...this.invitation, entry: undefined };
    this.connection = undefined;
  }

  /** What was pressed is gone with its view: whoever reads with the keyboard goes on at the next one's heading. */
  protected override updated(): void {
    if (this.roomState) this.nameWindow(this.connection?.you);
    const view = this.renderRoot.querySelector<HTMLElement>('sr-gate, sr-member, sr-sheet') ?? undefined;
    if (!view || view === this.view) return;
    const moved = this.acted || this.view !== undefined;
    this.view = view;
    if (moved) void focusHeading(view);
  }
}

async function focusHeading(view: HTMLElement): Promise<void> {
  await customElements.whenDefined(view.localName);
  await (view as Partial<LitElement>).updateComplete;
  view.shadowRoot?.querySelector<HTMLElement>('h1[tabindex]')?.focus();
}

function failureOf(error: unknown): string {
  if (!(error instanceof HttpRefusal)) throw error;
  if (error.status === 0) return say('join.failed.offline');
  if (error.status === 404) return say('join.failed.room');
  if (error.status === 401 || error.status === 403) return say('join.failed.invite');
  return say('join.failed.other', { reason: error.message });
}
