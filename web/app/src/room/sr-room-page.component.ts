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
import { baseStyles, tokenStyles, type CommandEvent } from '@session-room/element';
import { html, LitElement, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { say, type RoomMessageKey } from '../text/room.js';
import { Invitations, roomOf, type Invitation } from './invitation.js';
import { pageStyles } from './sr-room-page.styles.js';

/** A projector hears from the room often enough that the age it shows means something. */
const projectorContactMs = 4000;
const noticeMs = 6000;

/** The page of one room: lets in, connects, passes the agreement, and then shows the view that the role calls for. */
export class SrRoomPageElement extends LitElement {
  static override styles = [tokenStyles, baseStyles, pageStyles];

  @state() private invitation?: Invitation;
  @state() private roomState?: RoomState;
  @state() private status: ConnectionStatus = { phase: 'connecting', waiting: [] };
  @state() private busy = false;
  @state() private failure = '';
  @state() private notice = '';
  @state() private left = false;
  private readonly invitations = new Invitations(localStorage, sessionStorage);
  private readonly projecting = new URLSearchParams(location.search).get('view') === 'projector';
  private connection?: RoomConnection;
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
    void this.connection?.leave();
  }

  private readonly arrive = (): void => {
    const invitation = this.invitations.find(roomOf(location.pathname), location.hash);
    // The invite stays out of screenshots, shared addresses and the history.
    if (location.hash) history.replaceState(null, '', location.pathname + location.search);
    if (invitation?.invite === this.invitation?.invite && this.connection) return;
    this.invitation = invitation;
    if (invitation?.entry) this.connect();
    else if (invitation && this.projecting) void this.enter(say('projector.name'), 'inRoom');
  };

  private readonly wake = (): void => {
    if (document.visibilityState === 'visible') this.connection?.wake();
  };

  protected override render() {
    const { invitation, roomState, connection } = this;
    if (!invitation) return this.sheet('join.none.title', 'join.none', html`<a href="/">${say('join.home')}</a>`);
    if (this.status.ending) return this.ending(this.status.ending);
    if (this.left) return this.sheet('gate.title', 'gate.left');
    if (!invitation.entry) {
      return html`<sr-join
        .name=${invitation.name ?? this.invitations.usualName}
        .busy=${this.busy}
        .failure=${this.failure}
        @sr-enter=${(event: CustomEvent<{ name: string; place: Place }>) => this.enter(event.detail.name, event.detail.place)}
      ></sr-join>`;
    }
    const you = connection?.you;
    if (!connection || !roomState || you === undefined) {
      return html`<p class="connecting soft" role="status">${say('room.connecting')}</p>`;
    }
    const self = roomState.people[you];
    // Until one has agreed there is no more of the room here than its agreement.
    if (!roomState.queue || self?.agreed === false) {
      void import('./sr-gate.js');
      return html`<sr-gate
        .state=${roomState}
        @sr-command=${this.command}
        @sr-decline=${() => this.decline()}
      ></sr-gate>`;
    }
    const view =
      self?.role === 'projector' || this.projecting ? this.projector(connection, you) : this.member(connection, you);
    return html`${view}
      <div class="notice" role="status" ?data-shown=${this.notice !== ''}>${this.notice}</div>`;
  }

  private member(connection: RoomConnection, you: string) {
    return html`<sr-member
      .state=${this.roomState}
      .you=${you}
      .now=${connection.clock.now}
      .status=${this.status}
      ?manage=${this.roomState?.people[you]?.role === 'facilitator'}
      @sr-command=${this.command}
    ></sr-member>`;
  }

  private projector(connection: RoomConnection, you: string) {
    void import('../projector/sr-projector.js');
    return html`<sr-projector
      .state=${this.roomState}
      .you=${you}
      .now=${connection.clock.now}
      .age=${() => connection.ageMs}
      .joinAddress=${this.joinAddress()}
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
      this.invitation = { ...this.invitation, name, place, entry };
      this.invitations.keep(this.invitation);
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
    void this.connection?.leave();
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
        this.nameWindow(connection.you);
      },
      status: (status) => {
        if (this.connection === connection) this.status = status;
      },
    });
    this.connection = connection;
    this.status = connection.status;
    connection.start();
  }

  private async renew(): Promise<string> {
    const { room = '', invite = '', name = '', place, entry } = this.invitation ?? {};
    const renewed = await enterRoom(room, { invite, name, place }, { formerToken: entry?.token });
    this.invitation = { ...this.invitation, room, invite, entry: renewed };
    this.invitations.keep(this.invitation);
    return renewed.token;
  }

  private readonly command = (event: CommandEvent): void => {
    event.stopPropagation();
    void this.ask(event.detail);
  };

  private async ask(command: RoomCommand): Promise<void> {
    const answer = await this.connection?.do(command);
    if (!answer || answer.ok) return;
    this.notice = say(`refusal.${answer.error.code}` satisfies RoomMessageKey);
    clearTimeout(this.noticeTimeout);
    this.noticeTimeout = setTimeout(() => (this.notice = ''), noticeMs);
  }

  private decline(): void {
    this.left = true;
    void this.connection?.leave();
  }

  private nameWindow(you: string | undefined): void {
    const title = this.roomState?.room.title ?? say('app.name');
    const mine = you !== undefined && this.roomState?.floor?.pid === you;
    document.title = mine ? `● ${say('room.you.floor')} · ${title}` : title;
  }

  private ending(ending: Ending) {
    const again =
      ending === 'expired'
        ? html`<button class="primary" @click=${() => this.startOver()}>${say('end.again')}</button>`
        : html`<a href="/">${say('join.home')}</a>`;
    return this.sheet(`end.${ending}.title`, `end.${ending}`, again);
  }

  /** Back to the door with the same invitation, asking for nothing but one press. */
  private startOver(): void {
    if (!this.invitation) return;
    this.invitation = { ...this.invitation, entry: undefined };
    this.status = { phase: 'connecting', waiting: [] };
    this.connection = undefined;
  }

  private sheet(title: RoomMessageKey, text: RoomMessageKey, more: unknown = nothing) {
    return html`<main class="sheet">
      <h1>${say(title)}</h1>
      <p class="soft">${say(text)}</p>
      ${more}
    </main>`;
  }
}

function failureOf(error: unknown): string {
  if (!(error instanceof HttpRefusal)) throw error;
  if (error.status === 0) return say('join.failed.offline');
  if (error.status === 404) return say('join.failed.room');
  if (error.status === 401 || error.status === 403) return say('join.failed.invite');
  return say('join.failed.other', { reason: error.message });
}
