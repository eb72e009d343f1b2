import { backoff } from './backoff.js';
import type { BoardPort } from './board/port.js';
import { RoomClock } from './clock.js';
import type { Answer, RefusalCode, RoomCommand } from './commands.js';
import { RoomFold } from './fold.js';
import { HttpRefusal } from './http.js';
import { finalRefusalIn, goodbyeIn, isServerError, isUnavailable } from './hub-errors.js';
import { signalRLink, Unauthorised, type HubFormat, type LinkFactory, type RoomLink } from './link.js';
import { Outbox } from './outbox.js';
import type { RoomState } from './state.js';
import type { ByeMessage, Bytes, ByeReason, PatchMessage, ResyncMessage, RoomEvent } from './wire.js';

/** Why a connection ended for good. Every other loss is repaired without asking anybody. */
export type Ending =
  | Extract<ByeReason, 'removed' | 'expired' | 'room_deleted'>
  | Extract<RefusalCode, 'too_large' | 'not_found' | 'forbidden' | 'invalid'>
  | 'left';

export interface ConnectionStatus {
  phase: 'connecting' | 'live' | 'reconnecting' | 'closed';
  /** Commands that the room has not answered yet. They are sent again until it does. */
  waiting: readonly RoomCommand[];
  /** The room is there but cannot take some of them at the moment (`unavailable`); they are sent again after a wait. */
  delayed: boolean;
  ending?: Ending;
}

export interface RoomListener {
  /** The state is another one. `events` say what happened; none after a join or resync. */
  state?(state: RoomState, events: readonly RoomEvent[]): void;
  status?(status: ConnectionStatus): void;
}

export interface RoomConnectionOptions {
  /** The participant's token, as `enterRoom` or the integrator's back end gave it. */
  token?: string;
  /**
   * Asked for a token when there is none, or when the one there is has expired. Rejecting with a final `HttpRefusal`
   * ends the connection; anything else is tried again.
   */
  renew?(): Promise<string>;
  /** Origin of the server; the page's own by default. */
  server?: string;
  /** `json` by default. */
  format?: HubFormat;
  /** How often the clock is compared and contact is confirmed, milliseconds. 30,000 by default. */
  contactEveryMs?: number;
  clock?: RoomClock;
  link?: LinkFactory;
  wait?(ms: number): Promise<void>;
  random?(): number;
}

const clockSamples = 5;
/** A connection that lived for less than this counts as a failed attempt, so that a server that lets in and throws out is spared. */
const settledMs = 5000;

/** One participant's connection to one room: joins, folds patches, keeps the clock, sends commands exactly once in effect. */
export class RoomConnection {
  readonly clock: RoomClock;
  readonly format: HubFormat;
  private readonly fold = new RoomFold();
  private readonly outbox = new Outbox();
  /** Commands that were answered with `unavailable`, and how often. */
  private readonly delayed = new Map<string, number>();
  private readonly listeners = new Set<RoomListener>();
  private readonly makeLink: LinkFactory;
  private readonly wait: (ms: number) => Promise<void>;
  private link?: RoomLink;
  private board?: BoardPort;
  private phase: ConnectionStatus['phase'] = 'connecting';
  private ending?: Ending;
  private token?: string;
  private tokenIsFresh = false;
  /** What the link there is was opened with. */
  private shownToken?: string;
  private joining = false;
  /** The link that has been joined on, the first time or again. */
  private joined?: RoomLink;
  private contactAt?: number;
  private wakeUp?: () => void;
  private running = false;
  /** The participant that the token speaks for, once joined. */
  you?: string;

  constructor(private readonly options: RoomConnectionOptions) {
    this.clock = options.clock ?? new RoomClock();
    this.makeLink = options.link ?? signalRLink;
    this.wait = options.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
    this.token = options.token;
    this.format = options.format ?? 'json';
  }

  get state(): RoomState | undefined {
    return this.fold.state;
  }

  /** Which log the state comes from. */
  get epoch(): string | undefined {
    return this.fold.position?.epoch;
  }

  get status(): ConnectionStatus {
    return { phase: this.phase, waiting: this.outbox.commands, delayed: this.delayed.size > 0, ending: this.ending };
  }

  /** How old what we know may be, milliseconds: the time since the server last said anything. */
  get ageMs(): number {
    return this.contactAt === undefined ? Infinity : this.clock.monotonic() - this.contactAt;
  }

  subscribe(listener: RoomListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Connects and stays connected until `leave`, or until the room says that there is no way back. */
  start(): void {
    if (this.running) return;
    this.running = true;
    void this.run();
  }

  async leave(): Promise<void> {
    this.end('left');
    this.wakeUp?.();
    await this.link?.close().catch(() => undefined);
  }

  /** Shown from the next link on, instead of the one there is: for who renews before the old one has expired. */
  replaceToken(token: string): void {
    this.token = token;
  }

  /** Resolves with the room's answer, however many reconnections that takes. Given while away, it is sent on return. */
  do(command: RoomCommand): Promise<Answer> {
    if (this.phase === 'closed') return Promise.resolve(unavailable('The connection has ended.'));
    const { command: identified, answered } = this.outbox.put(command);
    this.announce();
    if (this.phase === 'live') void this.send(identified.id);
    return answered;
  }

  /** Tries at once instead of waiting, or confirms contact: for a page that became visible or a network that came back. */
  wake(): void {
    if (this.wakeUp) this.wakeUp();
    else if (this.link && this.phase === 'live') void this.compareClocks(this.link, 1);
  }

  /** From here on the board is joined too, and heard of; without one every Join leaves it out. */
  attach(board: BoardPort | undefined): void {
    this.board = board;
    this.rejoin();
  }

  /** Joins once more on the link there is; whoever is away does so anyway on return. */
  rejoin(): void {
    if (this.joined !== undefined && this.joined === this.link) this.joinAgain();
  }

  /** An edit of the board. Rejects when there is no answer, which says nothing of whether it was taken. */
  push(update: Bytes): Promise<Answer> {
    return this.link?.push(update) ?? Promise.reject(new Error('not connected'));
  }

  /** Presence on the board: nobody waits for it, and the next one stands in for one that was lost. */
  aware(update: Bytes): void {
    this.link?.aware(update).catch(() => undefined);
  }

  private async run(): Promise<void> {
    for (let attempt = 0; !this.ending; attempt++) {
      const { bye, refusal, livedMs } = await this.session();
      if (this.ending) break;
      if (livedMs > settledMs) attempt = 0;
      if (refusal) return this.end(refusal);
      if (bye?.reason === 'removed' || bye?.reason === 'room_deleted') return this.end(bye.reason);
      if (bye?.reason === 'expired') this.dropToken();
      if (this.phase === 'live') this.enter('reconnecting');
      await this.pause(backoff(attempt, this.options.random, bye?.retryAfterMs));
    }
  }

  /** One link from its start to its loss. Never throws: what went wrong decides what is tried next. */
  private async session(): Promise<{ bye?: ByeMessage; refusal?: Ending; livedMs: number }> {
    let bye: ByeMessage | undefined;
    let refusal: Ending | undefined;
    let joinedAt: number | undefined;
    let link: RoomLink | undefined;
    try {
      const token = await this.currentToken();
      if (token === undefined || this.ending) return { livedMs: 0 };
      this.shownToken = token;
      let lost!: () => void;
      const loss = new Promise<void>((resolve) => (lost = resolve));
      this.fold.expectSnapshot();
      link = this.makeLink(
        { server: this.options.server ?? '', format: this.format, token: () => token },
        {
          patch: (message) => this.onPatch(message),
          resync: (message) => {
            this.onSnapshot(message);
            this.board?.resync(message);
          },
          board: (message) => this.board?.frame(message),
          aware: (update) => this.board?.aware(update),
          bye: (message) => {
            bye = message;
            lost();
          },
          closed: () => lost(),
        },
      );
      this.link = link;
      await link.open();
      this.tokenIsFresh = false;
      await Promise.race([this.join(link), loss.then(() => Promise.reject(new Error('lost while joining')))]);
      joinedAt = this.clock.monotonic();
      this.enter('live');
      for (const { id } of this.outbox.commands) void this.send(id);
      void this.keepContact(link);
      await loss;
    } catch (error) {
      if (error instanceof Unauthorised) this.refuseToken();
      bye ??= goodbyeIn(error);
      refusal = finalRefusalIn(error);
    } finally {
      this.link = undefined;
      void link?.close().catch(() => undefined);
    }
    return { bye, refusal, livedMs: joinedAt === undefined ? 0 : this.clock.monotonic() - joinedAt };
  }

  private async currentToken(): Promise<string | undefined> {
    if (this.token !== undefined) return this.token;
    if (!this.options.renew) return void this.end('expired');
    try {
      this.token = await this.options.renew();
      this.tokenIsFresh = true;
    } catch (error) {
      if (!(error instanceof HttpRefusal) || !error.final) throw error;
      this.end(error.status === 404 ? 'room_deleted' : 'expired');
    }
    return this.token;
  }

  /** An old token is replaced; a new one that is refused would only be replaced for ever. */
  private refuseToken(): void {
    if (this.tokenIsFresh) this.end('expired');
    this.dropToken();
  }

  private dropToken(): void {
    if (this.token === this.shownToken) this.token = undefined;
  }

  private async join(link: RoomLink): Promise<void> {
    const { board } = this;
    const replica = board?.join();
    this.joining = true;
    this.fold.expectSnapshot();
    const sentAt = this.clock.monotonic();
    const answer = await link.join(replica?.request ?? { skipBoard: true }).finally(() => (this.joining = false));
    this.clock.restart();
    this.clock.sample(answer.now, sentAt, this.clock.monotonic());
    this.you = answer.you;
    this.joined = link;
    this.onSnapshot(answer);
    if (this.board !== board || replica?.answered(answer) === false) this.joinAgain();
  }

  private onSnapshot(snapshot: ResyncMessage): void {
    this.contactAt = this.clock.monotonic();
    const { newRoom, outcome, applied } = this.fold.replace(snapshot);
    // What was asked of a room that is lost is not asked of the one that stands in its place.
    if (newRoom) {
      this.delayed.clear();
      this.outbox.settleAll({
        ok: false,
        seq: snapshot.seq,
        error: { code: 'stale', message: 'The room began anew.' },
      });
    }
    this.tellState(applied.flatMap((patch) => patch.events));
    if (outcome === 'hole') this.joinAgain();
  }

  private onPatch(message: PatchMessage): void {
    this.contactAt = this.clock.monotonic();
    const outcome = this.fold.patch(message);
    if (outcome === 'applied') this.tellState(message.events);
    else if (outcome === 'hole') this.joinAgain();
  }

  private joinAgain(attempt = 0): void {
    const link = this.link;
    if (!link || this.joining) return;
    this.join(link).catch(async (error: unknown) => {
      // Any other failure leaves the link in doubt: closing it starts the next session.
      if (!isUnavailable(error)) return link.close();
      await this.wait(backoff(attempt, this.options.random));
      if (this.link === link) this.joinAgain(attempt + 1);
    });
  }

  private async send(id: string): Promise<void> {
    const link = this.link;
    const command = this.outbox.commands.find((each) => each.id === id);
    if (!link || !command) return;
    try {
      const answer = await link.send(command);
      this.contactAt = this.clock.monotonic();
      if (!answer.ok && answer.error.code === 'unavailable') return void this.sendLater(id, link);
      this.delayed.delete(id);
      this.outbox.settle(id, answer);
      // Whoever accepts an agreement has only seen the gate so far: the room itself comes with a new join.
      if (command.type === 'agreement.accept' && command.pid === undefined && answer.ok) this.joinAgain();
    } catch (error) {
      // Lost with its link: sent again by the next one. Refused by a link that stands: nothing to wait for.
      if (this.link === link && isServerError(error)) this.outbox.settle(id, unavailable(String(error)));
    }
    this.announce();
  }

  /** The room could not keep it at the moment, which is no answer: the same id again, after a wait. */
  private async sendLater(id: string, link: RoomLink): Promise<void> {
    const attempt = this.delayed.get(id) ?? 0;
    this.delayed.set(id, attempt + 1);
    this.announce();
    await this.wait(backoff(attempt, this.options.random));
    // Another link has sent everything again already.
    if (this.link === link && this.phase === 'live') await this.send(id);
  }

  private async keepContact(link: RoomLink): Promise<void> {
    await this.compareClocks(link, clockSamples);
    while (this.link === link) {
      await this.wait(this.options.contactEveryMs ?? 30_000);
      if (this.link === link) await this.compareClocks(link, 1);
    }
  }

  private async compareClocks(link: RoomLink, count: number): Promise<void> {
    if (this.clock.moved()) {
      this.clock.restart();
      count = clockSamples;
    }
    try {
      for (let i = 0; i < count && this.link === link; i++) {
        const sentAt = this.clock.monotonic();
        const serverTime = await link.time();
        this.contactAt = this.clock.monotonic();
        this.clock.sample(serverTime, sentAt, this.contactAt);
      }
    } catch {
      // The link is gone or busy; its own loss is noticed elsewhere, and the next comparison stands in for this one.
    }
  }

  private async pause(ms: number): Promise<void> {
    const woken = new Promise<void>((resolve) => (this.wakeUp = resolve));
    await Promise.race([this.wait(ms), woken]);
    this.wakeUp = undefined;
  }

  private end(ending: Ending): void {
    if (this.ending) return;
    this.ending = ending;
    this.delayed.clear();
    this.outbox.settleAll(unavailable('The connection has ended.'));
    this.enter('closed');
  }

  private enter(phase: ConnectionStatus['phase']): void {
    if (this.phase === 'closed') return;
    this.phase = phase;
    this.announce();
  }

  private announce(): void {
    for (const listener of this.listeners) listener.status?.(this.status);
  }

  private tellState(events: readonly RoomEvent[]): void {
    const state = this.fold.state;
    if (state) for (const listener of this.listeners) listener.state?.(state, events);
  }
}

function unavailable(message: string): Answer {
  return { ok: false, seq: 0, error: { code: 'unavailable', message } };
}
