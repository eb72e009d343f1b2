import type { Ending, Place } from '@session-room/client';
import { roomOf } from '@session-room/element/room/access.ts';
import type { Changed, Joined, Left } from '@session-room/element/room/events.ts';
import type { RoomLinks } from '@session-room/element/console/sr-links.component.ts';
import type { SessionRoomElement } from '@session-room/element/room/session-room.component.ts';
import { storageOf } from '@session-room/element/store.ts';
import { turnOf } from '@session-room/element/member/turn.ts';
import { say } from '@session-room/element/text/room.ts';
import { TranslatedElement } from '@session-room/element/text/translated-element.ts';
import { html } from 'lit';
import { state } from 'lit/decorators.js';
import { Invitations, type Invitation } from './invitation.js';
import { pageStyles } from './sr-room-page.styles.js';

/** After these the invite leads nowhere any more, and is not left behind in the browser. */
const gone: readonly string[] = ['removed', 'room_deleted', 'not_found'] satisfies Ending[];

/** The page of one room: what its address and this browser know of an invitation, and the room that it leads to. */
export class SrRoomPageElement extends TranslatedElement {
  static override styles = pageStyles;

  @state() private invitation?: Invitation;
  /** How it ended when this browser was here before. */
  @state() private ending?: Ending;
  /** What this browser can hand out, once the person is known to facilitate. */
  @state() private links?: RoomLinks;
  private linksOf?: string;
  private readonly invitations = new Invitations(storageOf('localStorage'), storageOf('sessionStorage'));
  private readonly projecting = new URLSearchParams(location.search).get('view') === 'projector';
  private inTabOnly = false;
  private room?: Changed;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.arrive);
    this.arrive();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.arrive);
  }

  private readonly arrive = (): void => {
    const room = roomOf(location.pathname);
    this.ending = this.invitations.endingOf(room, location.hash);
    const found = this.ending ? undefined : this.invitations.find(room, location.hash);
    // The invite stays out of screenshots, shared addresses and the history.
    if (location.hash) history.replaceState(null, '', location.pathname + location.search);
    if (!found || found.invite !== this.invitation?.invite) this.invitation = found;
  };

  protected override render() {
    const { invitation, ending, projecting } = this;
    if (ending || !invitation) {
      void import('@session-room/element/door/sr-sheet.ts');
      return html`<header><sr-language></sr-language></header>
        <sr-sheet page .why=${ending ?? 'none'} home="/"></sr-sheet>`;
    }
    const { room, invite, join, name, place, entry } = invitation;
    // Whoever comes back is not asked; whoever has to be, finds their name there. A screen on a wall has nobody to ask.
    const who: { name: string; place?: Place } = entry
      ? { name: name ?? '', place }
      : projecting
        ? { name: say('projector.name'), place: 'inRoom' }
        : { name: name ?? this.invitations.usualName };
    return html`<session-room
      keys="page"
      home="/"
      .view=${projecting ? 'projector' : 'member'}
      .room=${room}
      .invite=${invite}
      .join=${join}
      .token=${entry?.token}
      .name=${who.name}
      .place=${who.place}
      .links=${this.linksOf === room ? this.links : undefined}
      @sr-joined=${this.joined}
      @sr-state=${this.changed}
      @sr-left=${this.left}
      ><sr-language slot="tools"></sr-language><sr-theme slot="tools"></sr-theme
    ></session-room>`;
  }

  private readonly joined = ({ target, detail: { name, place } }: CustomEvent<Joined>): void => {
    const { entry } = target as SessionRoomElement;
    if (entry && this.invitation) this.keep({ ...this.invitation, name, place, entry });
  };

  private readonly changed = ({ detail }: CustomEvent<Changed>): void => {
    const { state, you } = detail;
    const self = state.people[you ?? ''];
    // A facilitator's invite and token do not outlive the session in a browser that others may use.
    if (state.room.stage === 'ended' && self?.role === 'facilitator' && !this.inTabOnly && this.invitation) {
      this.inTabOnly = true;
      this.keep(this.invitation);
    }
    if (self?.role === 'facilitator') void this.findLinks(state.room.id);
    this.room = detail;
    this.nameWindow();
  };

  private async findLinks(room: string): Promise<void> {
    if (this.linksOf === room) return;
    this.linksOf = room;
    const { findLinks } = await import('./handed-out.js');
    this.links = findLinks(room);
  }

  private readonly left = ({ detail: { reason } }: CustomEvent<Left>): void => {
    const { invitation } = this;
    if (invitation && gone.includes(reason))
      void import('./leaving.js').then(({ forget }) => forget(invitation, reason as Ending));
  };

  private keep(invitation: Invitation): void {
    this.invitation = invitation;
    if (this.inTabOnly) void import('./leaving.js').then(({ keepInTabOnly }) => keepInTabOnly(invitation));
    else this.invitations.keep(invitation);
  }

  protected override updated(): void {
    this.nameWindow();
  }

  private nameWindow(): void {
    if (!this.room) return;
    const { state, you } = this.room;
    const turn = turnOf(state, you);
    document.title =
      turn === 'floor' || turn === 'next'
        ? `${turn === 'floor' ? '●' : '○'} ${say(`room.you.${turn}`)} · ${state.room.title}`
        : state.room.title;
  }
}
