import type { Answer, Entry, LinkRole } from '@session-room/client';
import type { Place, RoomCommand, RoomState } from '@session-room/client';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { SrBoardElement } from '../board/sr-board.component.js';
import type { ExportFormat } from '../console/export.js';
import { baseStyles } from '../look/base.styles.js';
import { tokenStyles } from '../look/tokens.styles.js';
import { CommandEvent, type RoomPart } from '../part.js';
import { currentLocale, directionOf, languageAround, useLanguage } from '../text/languages.js';
import { say } from '../text/room.js';
import { TranslatedElement } from '../text/translated-element.js';
import { accessOf, joinAddressOf } from './access.js';
import { tell, unlessPrevented, type Left, type SessionStatus } from './events.js';
import { failureOf, whyNotIn } from './failure.js';
import { focusHeading } from './heading.js';
import { LiveSession, type SessionHost, type Who } from './live-session.js';
import { Notice } from './notice.js';
import { roomHasCome, type PartsRoom } from './room-link.js';
import type { smallView } from './small-views.js';
import { sessionRoomStyles } from './session-room.styles.js';

/** What of the room is drawn; `none` leaves it to the parts that the host puts inside or elsewhere. */
export type SessionRoomView = 'member' | 'projector' | 'compact' | SinglePart | 'none';
export type SinglePart = 'timer' | 'queue' | 'hands' | 'agenda' | 'people' | 'board';

/**
 * A live room: it lets in, connects, passes the agreement and shows the view that is asked for. It connects once it has a
 * `token` or an `invite`, begins anew when one of them, the room or the server is another, and hangs up when they or
 * the element are taken away; being moved in the document costs nothing.
 * @event sr-joined {@link Joined}
 * @event sr-state {@link Changed}
 * @event sr-status {@link SessionStatus}
 * @event sr-command What the person asks for; prevented, it is not sent.
 * @event sr-answer {@link Answered}
 * @event sr-leave The person pressed Leave; prevented, they stay.
 * @event sr-left {@link Left}
 * @event sr-refused {@link Refused}
 * @slot Parts of the host's own choosing, shown once the person is in the room.
 * @slot tools The host's own buttons in the member view's header.
 * @attr phase How the connection is, as in `sr-status`; the element sets it.
 * @cssproperty --sr-part-padding Around a view that is a single part; none by default.
 * @cssproperty --sr-min-height How high a view is at least; as high as what it shows by default.
 */
export class SessionRoomElement extends TranslatedElement implements SessionHost, PartsRoom {
  static override styles = [tokenStyles, baseStyles, sessionRoomStyles];

  /** Origin of the server; the page's own by default. A full link in `invite` names it too. */
  @property() server?: string;
  /** A participant's token, from the integrator's back end. */
  @property() token?: string;
  /** A link as it was handed out, or the invite in one together with `room`. It also replaces a token that has expired. */
  @property() invite?: string;
  /** The room's id, beside a bare invite. */
  @property() room?: string;
  /** Fills in the name at the door. With `name`, `place` and an invite nobody is asked. */
  @property() name?: string;
  @property() place?: Place;
  @property() view: SessionRoomView = 'member';
  /** The system's preference by default. */
  @property({ reflect: true }) theme?: 'light' | 'dark';
  /** `page` for a page that is nothing but this: single keys act wherever they are pressed. By default only inside. */
  @property({ reflect: true }) keys?: 'page';
  /** Where the way out of a visit that is over leads; there is none by default. */
  @property() home?: string;
  /** The members' invite, for the projector's QR code. A projector's full link brings it along. */
  @property() join?: string;
  /** What a facilitator can hand out, where the host knows it. */
  @property({ attribute: false }) links?: Record<Exclude<LinkRole, 'facilitator'>, string>;
  /**
   * Asked for another token when the server refuses the one there is, and a minute before it expires. Rejecting with a
   * final `HttpRefusal` ends the visit; anything else is tried again.
   */
  @property({ attribute: false }) renew?: () => Promise<string>;
  @state() private smallView?: typeof smallView;
  private readonly session = new LiveSession(this);
  private readonly notice = new Notice(this);
  private readonly parts = new Set<RoomPart>();
  /** The person pressed something that leads to another view. */
  private acted = false;
  private hadFocus = false;
  private shown?: HTMLElement;

  /** The room as far as it is known. */
  get state(): RoomState | undefined {
    return this.session.state;
  }

  /** The participant's id, once joined. */
  get you(): string | undefined {
    return this.session.you;
  }

  get status(): SessionStatus {
    return this.session.status;
  }

  /** What an invite was good for: whoever keeps it lets the person back in by its token, without asking. */
  get entry(): Entry | undefined {
    return this.session.entry;
  }

  /** The server's time, Unix milliseconds. */
  now(): number {
    return this.session.now();
  }

  /** Asks the room for something on the person's behalf. Resolves with its answer, however many reconnections that takes. */
  do(command: RoomCommand): Promise<Answer> {
    return this.session.do(command);
  }

  /** Ends the visit. Another token or invite, or `reconnect`, begins the next. */
  leave(): void {
    this.session.leave();
  }

  /** Tries at once instead of waiting; after the end of a visit, begins anew with what there is. */
  reconnect(): void {
    if (this.session.over) this.session.again();
    else this.session.wake();
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang'];
  }

  override attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    super.attributeChangedCallback(name, before, now);
    if (name === 'lang' && this.isConnected) this.speak();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.speak();
    roomHasCome();
  }

  /** In the language around. Where it cannot be loaded, what is there stays. */
  private speak(): void {
    const language = languageAround(this);
    if (language !== currentLocale()) useLanguage(language).catch(() => undefined);
  }

  show(part: RoomPart): void {
    this.parts.add(part);
    this.requestUpdate();
  }

  forget(part: RoomPart): void {
    this.parts.delete(part);
    part.state = undefined;
  }

  request(command: RoomCommand): boolean {
    const goes = this.dispatchEvent(new CommandEvent(command));
    if (goes) void this.ask(command);
    return goes;
  }

  private get page(): boolean {
    return this.keys === 'page';
  }

  get onWall(): boolean {
    const { state, you = '' } = this;
    return this.view === 'projector' || (this.view === 'member' && state?.people[you]?.role === 'projector');
  }

  get wantsBoard(): boolean {
    if (['member', 'projector', 'board'].includes(this.view)) return true;
    // A board elsewhere on the page is nothing yet: what makes it one is loaded with the first that is wanted.
    const boards = (this.getRootNode() as ParentNode).querySelectorAll?.('sr-board') ?? [];
    return [...boards].some((each) => each.getAttribute('for') === this.id || each.closest('session-room') === this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const access = ['server', 'token', 'invite', 'room', 'join'] as const;
    if (access.some((name) => changed.has(name))) {
      const { server, token, invite, room, join, name, place } = this;
      const given = { server, token, invite, room, join };
      // A removed attribute is null.
      for (const each of access) given[each] ??= undefined;
      this.session.open(accessOf(given), { name, place });
    }
    if (this.view !== changed.get('view') && this.state?.queue && this.wantsBoard) void this.session.openBoard();
    this.hadFocus = this.shadowRoot?.activeElement != null;
  }

  protected override render() {
    const content = this.content();
    if (content === nothing) return nothing;
    const lang = currentLocale();
    // In somebody else's page the room is one region of it; a page of its own has landmarks inside.
    const named = this.page ? undefined : (this.state?.room.title ?? this.session.invitation?.title);
    return html`<div class=${this.onWall ? 'wall' : ''} lang=${lang} dir=${directionOf(lang)}>
      <div
        class="room"
        part="room"
        role=${named ? 'region' : nothing}
        aria-label=${named ?? nothing}
        tabindex=${this.page ? nothing : -1}
        @sr-command=${this.command}
        @sr-leave=${this.parting}
      >
        ${content}
      </div>
      <div class="notice" part="notice" role="status" ?data-shown=${this.notice.shown}>${this.notice.text}</div>
    </div>`;
  }

  private content() {
    const { session, state, you } = this;
    const { access, over } = session;
    if (session.status.phase === 'refused' && !(session.atDoor && session.asked)) return this.sheet('origin');
    if (over) return this.sheet(over);
    if (!access) return nothing;
    if (session.atDoor && (session.asked || !session.busy)) {
      return this.door(
        html`<sr-join
          part="door"
          ?page=${this.page}
          .name=${this.name ?? ''}
          .busy=${session.busy}
          .invitation=${session.invitation}
          .failure=${whyNotIn(session)}
          @sr-enter=${(event: CustomEvent<Who>) => {
            this.acted = true;
            void session.enter(event.detail);
          }}
          @sr-decline=${() => {
            this.acted = true;
            session.leave('declined');
          }}
        ></sr-join>`,
      );
    }
    if (!state || you === undefined || session.accepting)
      return html`<p class="connecting soft" part="connecting" role="status">${say('room.connecting')}</p>`;
    // Until one has agreed there is no more of the room here than its agreement.
    if (!state.queue || state.people[you]?.agreed === false) {
      void import('../door/sr-gate.js');
      return this.door(
        html`<sr-gate
          part="gate"
          ?page=${this.page}
          ?wall=${this.onWall}
          .state=${state}
          @sr-decline=${() => session.leave('declined')}
        ></sr-gate>`,
      );
    }
    return html`${this.roomView(state, you)}<slot></slot>`;
  }

  private roomView(state: RoomState, you: string) {
    if (this.onWall) {
      void import('../projector/sr-projector.js');
      return html`<sr-projector
        part="projector"
        ?page=${this.page}
        exportparts="header, timer, floor, queue, agenda, hands, board"
        .state=${state}
        .you=${you}
        .now=${this.session.now}
        .age=${() => this.session.ageMs}
        .board=${this.session.board}
        .joinAddress=${joinAddressOf(this.session.access, this.state?.room.id)}
      ></sr-projector>`;
    }
    if (this.view === 'member') return this.member(state, you);
    if (!this.smallView) void import('./small-views.js').then(({ smallView }) => (this.smallView = smallView));
    const shown = this.smallView?.(this.view, { ...this.given(you), state });
    return this.view === 'compact' ? shown : html`<div class="single">${shown}</div>`;
  }

  private member(state: RoomState, you: string) {
    const { now, manage, board } = this.given(you);
    return html`<sr-member
      part="member"
      ?page=${this.page}
      exportparts="header, timer, floor, queue, hand, agenda, people, seats, console"
      .state=${state}
      .you=${you}
      .now=${now}
      .status=${this.status}
      .board=${board}
      .links=${this.links}
      ?manage=${manage}
      @sr-export=${(event: CustomEvent<ExportFormat>) => this.export(event.detail)}
      ><slot name="tools" slot="tools"></slot>${
        board
          ? html`<sr-board
              slot="board"
              part="board"
              .source=${board}
              .state=${state}
              .you=${you}
              .now=${now}
              ?manage=${manage}
            ></sr-board>`
          : nothing
      }</sr-member
    >`;
  }

  /** What every view of the room is given beside its state. */
  private given(you: string) {
    const { now, board } = this.session;
    return { you, now, board, manage: this.state?.people[you]?.role === 'facilitator' };
  }

  private readonly parting = (event: Event): void =>
    unlessPrevented(event, () => {
      this.acted = true;
      void this.session.part();
    });

  private readonly command = (event: CommandEvent): void => unlessPrevented(event, () => void this.ask(event.detail));

  private async ask(command: RoomCommand): Promise<void> {
    if (command.type === 'agreement.accept') this.acted = true;
    const answer = await this.session.do(command);
    tell(this, 'sr-answer', { command, answer });
    if (answer.ok) return;
    const { refusalOf } = await import('./refusal.js');
    this.notice.say(() => refusalOf(answer));
  }

  private async export(format: ExportFormat): Promise<void> {
    await this.session.export(format).catch((error: unknown) => this.notice.say(() => failureOf(error)));
  }

  private sheet(why: Left['reason'] | 'origin') {
    void import('../door/sr-sheet.js');
    return this.door(
      html`<sr-sheet
        part="sheet"
        ?page=${this.page}
        .why=${why}
        .home=${this.home}
        ?invited=${Boolean(this.session.access?.invite ?? this.renew)}
        @sr-again=${() => {
          this.acted = true;
          this.session.again();
        }}
      ></sr-sheet>`,
    );
  }

  /** Before and after the room a page's tools stand above it. Nobody presses anything on a wall. */
  private door(view: TemplateResult) {
    if (!this.page || this.onWall) return view;
    return html`<header><slot name="tools"></slot></header>
      ${view}`;
  }

  protected override updated(): void {
    if (this.session.access) this.setAttribute('phase', this.status.phase);
    else this.removeAttribute('phase');
    for (const part of this.parts) this.fill(part);
    // What was pressed is gone with its view: whoever reads with the keyboard goes on at the next one's heading. On
    // somebody else's page that is so only for who was in here.
    const view = this.renderRoot.querySelector<HTMLElement>('sr-gate, sr-member, sr-sheet') ?? undefined;
    if (!view || view === this.shown) return;
    const moved = this.acted || this.hadFocus || (this.page && this.shown !== undefined);
    this.acted = false;
    this.shown = view;
    if (moved) void focusHeading(view);
  }

  private fill(part: RoomPart): void {
    const { you = '' } = this;
    // Until the person has agreed, or after the visit, there is nothing to show.
    const state = this.session.over || !this.state?.queue ? undefined : this.state;
    const { board, ...given } = this.given(you);
    Object.assign(part, { ...given, state });
    if (part.localName === 'sr-board') (part as SrBoardElement).source = board;
  }
}
