import {
  enterRoom,
  HttpRefusal,
  readInvite,
  RoomConnection,
  type Answer,
  type ConnectionStatus,
  type Entry,
  type Invitation,
  type Place,
  type RoomCommand,
  type RoomState,
} from '@session-room/client';
import type { RoomBoard } from '@session-room/client/board';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ExportFormat } from '../console/export.js';
import { claimsOf, sameVisit, turnsPageAway, type Access } from './access.js';
import { tell, type Left, type SessionStatus } from './events.js';

/** A screen that a room looks at hears from it often enough that the age it shows means something. */
const wallContactMs = 4000;
/** A token is replaced so long before it expires, or halfway where it lives for less than twice that. */
const renewBeforeMs = 60_000;
const longestTimeoutMs = 2 ** 31 - 1;
/** Nobody is there to press again: joining without having asked is tried as often as this. */
const unaskedAgainMs = 3000;
const connecting: SessionStatus = { phase: 'connecting', waiting: [], delayed: false };

/** The element whose session it is: what it wants, and where what happens is told. */
export interface SessionHost extends ReactiveControllerHost, HTMLElement {
  renew?: () => Promise<string>;
  /** What it shows is for a whole room to look at. */
  readonly onWall: boolean;
  readonly wantsBoard: boolean;
  /** Asks the room as the person would, unless the host prevents it; false where it did. */
  request(command: RoomCommand): boolean;
}

export interface Who {
  name: string;
  place: Place;
  /** The version of the agreement that they accepted at the door. */
  agreed?: number;
}

/** One person's visit to one room, from the door to how it ends. */
export class LiveSession implements ReactiveController {
  access?: Access;
  state?: RoomState;
  status: SessionStatus = connecting;
  /** How the visit ended; unset while it lasts. */
  over?: Left['reason'];
  /** What came of asking to be let in. */
  busy = false;
  /** The person was asked for their name, or is about to be. */
  asked = true;
  refusal?: HttpRefusal;
  board?: RoomBoard;
  /** What an invite was good for. */
  entry?: Entry;
  /** What the door shows of the room. */
  invitation?: Invitation;
  /** The room is being told what was agreed to at the door. */
  accepting = false;
  private looking?: Promise<void>;
  private agreedTo?: number;
  private token?: string;
  private who?: Who;
  private connection?: RoomConnection;
  private greeted = false;
  private timeout?: ReturnType<typeof setTimeout>;

  constructor(private readonly host: SessionHost) {
    host.addController(this);
  }

  get you(): string | undefined {
    return this.connection?.you;
  }

  get ageMs(): number {
    return this.connection?.ageMs ?? Infinity;
  }

  /** Somebody has to be asked who they are before the room lets them in. */
  get atDoor(): boolean {
    return this.access !== undefined && !this.connection && !this.over;
  }

  readonly now = (): number => this.connection?.clock.now() ?? Date.now();

  hostConnected(): void {
    addEventListener('online', this.wake);
    document.addEventListener('visibilitychange', this.wake);
    // Taken out of the document for longer than it takes to be put elsewhere.
    if (this.token && !this.connection && !this.over) this.connect();
  }

  hostDisconnected(): void {
    removeEventListener('online', this.wake);
    document.removeEventListener('visibilitychange', this.wake);
    setTimeout(() => {
      if (!this.host.isConnected) this.hangUp();
    });
  }

  readonly wake = (): void => {
    if (document.visibilityState === 'visible') this.connection?.wake();
  };

  /** Begins another visit, unless this is the one that is going on. */
  open(access: Access | undefined, who?: Partial<Who>): void {
    if (access && this.access && !this.over && sameVisit(access, this.access, this.token)) {
      this.access = access;
      return;
    }
    this.reset();
    this.access = access;
    if (who?.name && who.place) this.who = { name: who.name, place: who.place };
    if (access?.token) this.begin(access.token);
    else if (access && this.who) void this.enter(this.who, false);
    else if (access) this.looking = this.look();
  }

  /** To the room where the token may still be good, else to the door, for one more press. */
  again(): void {
    const { over } = this;
    this.over = undefined;
    this.greeted = false;
    if (over === 'too_large' || over === 'left' || !this.access?.invite) return this.connect();
    this.reset();
    this.looking = this.look();
  }

  /** Where nothing answers, the room itself asks what the door could not. */
  private async look(): Promise<void> {
    const { access } = this;
    if (!access?.invite) return;
    try {
      const invitation = await readInvite(access.room, access.invite, access.server);
      if (this.access === access) this.invitation = invitation;
    } catch (error) {
      if (!(error instanceof HttpRefusal)) throw error;
      if (this.access !== access) return;
      this.looking = undefined;
      if (error.final) await this.refuse(error);
    }
    this.host.requestUpdate();
  }

  private async refuse(error: HttpRefusal): Promise<void> {
    const { access } = this;
    this.refusal = error;
    const { status, message } = error;
    const origin = (status === 0 || status === 403) && (await turnsPageAway(access!, error));
    if (this.access !== access) return;
    if (origin) this.tellStatus({ ...connecting, phase: 'refused' });
    tell(this.host, 'sr-refused', { status, message, origin });
  }

  async enter({ agreed, ...who }: Who, asked = true): Promise<void> {
    const { access } = this;
    if (!access?.invite || this.busy) return;
    this.busy = true;
    this.asked = asked;
    this.refusal = undefined;
    this.host.requestUpdate();
    try {
      if (asked) await (this.looking ??= this.look());
      // A wrong invite was told and counted by then.
      if (this.access !== access || this.refusal) return;
      // It came after the button was pressed: the form asks on.
      if (asked && this.invitation?.agreement && this.invitation.agreement.version !== agreed) return;
      const { room, invite, server } = access;
      const entry = await enterRoom(room, { invite, ...who }, { server });
      if (this.access !== access) return;
      this.who = who;
      this.agreedTo = agreed;
      this.letIn(entry);
      this.begin(entry.token);
    } catch (error) {
      if (!(error instanceof HttpRefusal)) throw error;
      if (this.access !== access) return;
      await this.refuse(error);
      if (this.access !== access) return;
      if (!asked && !error.final) this.timeout = setTimeout(() => void this.enter(who, false), unaskedAgainMs);
    } finally {
      if (this.access === access) this.busy = false;
      this.host.requestUpdate();
    }
  }

  async do(command: RoomCommand): Promise<Answer> {
    const answer: Answer = (await this.connection?.do(command)) ?? {
      ok: false,
      seq: 0,
      error: { code: 'unavailable', message: 'There is no connection.' },
    };
    // Accepted, the whole room is on its way; refused, the room asks again.
    if (command.type === 'agreement.accept' && !answer.ok) this.accepting = false;
    return answer;
  }

  leave(reason: Left['reason'] = 'left'): void {
    if (this.over) return;
    this.over = reason;
    this.hangUp();
    tell(this.host, 'sr-left', { reason });
    this.host.requestUpdate();
  }

  /** As a person leaves, and not a device that is lost: the room does not wait for somebody who will not speak. */
  async part(): Promise<void> {
    const { connection, status, you = '' } = this;
    if (!connection || this.over) return;
    if (status.phase === 'live' && this.state) {
      const parting = await import('./parting.js').catch(() => undefined);
      await parting?.handOver(connection, this.state, you);
    }
    if (this.connection === connection) this.leave();
  }

  async export(format: ExportFormat): Promise<void> {
    const { download } = await import('../console/export.js');
    await download({ server: this.access?.server, room: this.state?.room.id ?? '', token: this.token ?? '' }, format);
  }

  private reset(): void {
    this.hangUp();
    this.state = this.over = this.refusal = this.token = this.entry = this.who = undefined;
    this.invitation = this.looking = this.agreedTo = undefined;
    this.busy = this.greeted = this.accepting = false;
    this.status = connecting;
    this.host.requestUpdate();
  }

  private begin(token: string): void {
    this.token = token;
    this.connect();
  }

  private connect(): void {
    this.hangUp();
    this.state = undefined;
    const { host, token = '' } = this;
    const connection = new RoomConnection({
      token,
      server: this.access?.server,
      renew: () => this.renew(),
      wait: (ms) => {
        if (connection.status.phase === 'connecting') void this.askWhy(connection);
        return new Promise((resolve) => setTimeout(resolve, ms));
      },
      contactEveryMs: host.onWall || claimsOf(token).role === 'projector' ? wallContactMs : undefined,
    });
    connection.subscribe({
      state: (state, events) => {
        if (this.connection !== connection) return;
        if (!this.state) this.renewInTime(token);
        this.state = state;
        this.accept(connection.you);
        if (!this.greeted) this.greet(false);
        tell(host, 'sr-state', { state, you: connection.you, events });
        // The room comes first: its board is loaded when the rest of it is on the screen.
        if (state.queue && host.wantsBoard) void this.openBoard();
        host.requestUpdate();
      },
      status: (status) => void this.hear(connection, status),
    });
    this.connection = connection;
    this.status = connection.status;
    connection.start();
    host.requestUpdate();
  }

  private async hear(connection: RoomConnection, status: ConnectionStatus): Promise<void> {
    if (this.connection !== connection) return;
    // A hub turns away persons and pages with the same word.
    const refused = status.ending === 'forbidden' && (await this.isKeptOut());
    if (this.connection !== connection) return;
    this.tellStatus(refused ? { ...status, phase: 'refused' } : status);
    if (status.ending && !this.over) {
      this.over = status.ending;
      tell(this.host, 'sr-left', { reason: status.ending });
    }
    this.host.requestUpdate();
  }

  /** Nothing came of an attempt to connect, and more of them follow. */
  private async askWhy(connection: RoomConnection): Promise<void> {
    const refused = await this.isKeptOut();
    if (this.connection !== connection || connection.status.phase !== 'connecting') return;
    if (refused !== (this.status.phase === 'refused'))
      this.tellStatus(refused ? { ...connection.status, phase: 'refused' } : connection.status);
  }

  private isKeptOut(): Promise<boolean> {
    return turnsPageAway({ ...this.access!, token: this.token });
  }

  private tellStatus(status: SessionStatus): void {
    this.status = status;
    tell(this.host, 'sr-status', status);
    this.host.requestUpdate();
  }

  /** Tells the room what was agreed to at the door; what is another text by now, it asks about itself. */
  private accept(you: string | undefined): void {
    const { agreedTo: version, state } = this;
    this.agreedTo = undefined;
    if (state?.queue) this.accepting = false;
    if (
      version === undefined ||
      state?.room.agreement?.version !== version ||
      state.people[you ?? '']?.agreed !== false
    )
      return;
    this.accepting = true;
    if (!this.host.request({ type: 'agreement.accept', version })) this.accepting = false;
  }

  /** Opens the board beside the room, once. */
  async openBoard(): Promise<void> {
    const { connection, host } = this;
    if (!connection || this.board) return;
    const { openBoard } = await import('./board.js');
    if (this.connection !== connection) return;
    this.board ??= openBoard(connection);
    host.requestUpdate();
  }

  private hangUp(): void {
    clearTimeout(this.timeout);
    const { board, connection } = this;
    // Nothing that they still say is for this element.
    this.board = this.connection = undefined;
    void board?.destroy();
    void connection?.leave();
  }

  private async renew(): Promise<string> {
    const { access, who, host } = this;
    let token: string;
    if (host.renew) token = await host.renew();
    else {
      if (!access?.invite || !who) throw new HttpRefusal(401, 'There is no way to another token.');
      const { room, invite, server } = access;
      const entry = await enterRoom(room, { invite, ...who }, { server, formerToken: this.token });
      if (this.access === access) this.letIn(entry, true);
      token = entry.token;
    }
    if (this.access !== access) return token;
    this.token = token;
    this.renewInTime(token);
    return token;
  }

  /** Replaces the token before it expires, so that its end costs no more than a new connection. */
  private renewInTime(token: string): void {
    clearTimeout(this.timeout);
    const { exp } = claimsOf(token);
    if (exp === undefined) return;
    const left = exp * 1000 - this.now();
    const wait = Math.max(left / 2, left - renewBeforeMs);
    if (wait <= 0 || wait > longestTimeoutMs) return;
    const { connection } = this;
    this.timeout = setTimeout(() => {
      // What fails now is asked again when the server has had enough of the old one.
      if (this.connection === connection)
        void this.renew().then(
          (fresh) => connection?.replaceToken(fresh),
          () => undefined,
        );
    }, wait);
  }

  private letIn(entry: Entry, again = false): void {
    this.entry = entry;
    this.greet(again);
  }

  private greet(again: boolean): void {
    const { entry, state, host, who } = this;
    this.greeted = true;
    const you = entry?.participantId ?? this.you ?? '';
    const self = state?.people[you];
    tell(host, 'sr-joined', {
      room: state?.room.id ?? this.access?.room ?? '',
      you,
      role: self?.role ?? entry?.role,
      name: self?.name ?? who?.name,
      place: self?.place ?? who?.place,
      again,
    });
  }
}
