import type { FakeBoard } from './board/fake-board.js';
import type { Answer, IdentifiedCommand } from './commands.js';
import { Unauthorised, type LinkFactory, type LinkListener } from './link.js';
import type { Json } from './merge-patch.js';
import { mergePatch } from './merge-patch.js';
import type { Person, Role, RoomState } from './state.js';
import type { ByeMessage, JoinAnswer, JoinRequest, RoomEvent } from './wire.js';

/** Somebody as the server shows them who came a moment ago. */
export const person = (name: string, role: Role, change: Partial<Person> = {}): Person => ({
  name,
  role,
  place: 'remote',
  online: true,
  agreed: true,
  turns: 0,
  talkMs: 0,
  ...change,
});

/** A room in memory for tests of the connection: it can be cut, go silent before an answer, and lose its log. */
export class FakeRoom {
  epoch = 'e1';
  seq = 1;
  now = 1_800_000_000_000;
  up = true;
  acceptedToken: string | undefined;
  tokens: string[] = [];
  received: IdentifiedCommand[] = [];
  joins = 0;
  requests: JoinRequest[] = [];
  board?: FakeBoard;
  /** Set to drop the link after the command took effect and before it is answered. */
  loseAnswers = false;
  /** How many commands the room answers with `unavailable`, without effect, before it takes them again. */
  unavailableFor = 0;
  /** Set to turn every Join away with this error. */
  turnAway?: string;
  /** Called while a Join is under way, before its answer. */
  duringJoin?: (listener: LinkListener) => void;
  state: RoomState = { room: { id: 'r', title: 'Fake' }, people: { p1: person('Ann', 'member') } };
  private readonly links = new Set<LinkListener>();
  private readonly answers = new Map<string, Answer>();

  readonly factory: LinkFactory = ({ token }, listener) => ({
    open: () => {
      this.tokens.push(token());
      if (!this.up) return Promise.reject(new Error('connection refused'));
      if (this.acceptedToken !== undefined && token() !== this.acceptedToken) return Promise.reject(new Unauthorised());
      this.links.add(listener);
      return Promise.resolve();
    },
    join: (request) => this.join(request, listener),
    send: (command) => this.take(command, listener),
    push: async (update) => {
      await Promise.resolve();
      const answer = this.links.has(listener) ? this.board?.push(update, listener) : undefined;
      if (answer) return answer;
      this.cut(listener);
      throw new Error('Invocation canceled due to the underlying connection being closed.');
    },
    aware: (update) => Promise.resolve(this.board?.aware(update)),
    time: () => (this.links.has(listener) ? Promise.resolve(this.now) : Promise.reject(new Error('closed'))),
    close: () => Promise.resolve(this.cut(listener)),
  });

  change(patch: Json, events: RoomEvent[] = []): void {
    this.seq++;
    this.state = mergePatch(this.state as unknown as Json, patch) as unknown as RoomState;
    for (const link of this.links) link.patch({ seq: this.seq, at: this.now, events, patch });
  }

  /** A change whose patch nobody gets. */
  changeUnheard(patch: Json): void {
    const links = [...this.links];
    this.links.clear();
    this.change(patch);
    links.forEach((link) => this.links.add(link));
  }

  cutAll(): void {
    [...this.links].forEach((link) => this.cut(link));
  }

  bye(message: ByeMessage): void {
    for (const link of [...this.links]) {
      link.bye(message);
      this.cut(link);
    }
  }

  /** The room as it is, with the whole board where that moved on. */
  resync(withBoard = false): void {
    const { epoch, seq, now, state } = this;
    const board = withBoard ? this.board?.whole() : undefined;
    for (const link of this.links) link.resync({ epoch, seq, now, state, ...board });
  }

  private cut(link: LinkListener): void {
    if (!this.links.delete(link)) return;
    this.board?.leave(link);
    link.closed();
  }

  private async join(request: JoinRequest, listener: LinkListener): Promise<JoinAnswer> {
    this.joins++;
    this.requests.push(request);
    if (this.turnAway !== undefined) throw new Error(this.turnAway);
    const { epoch, seq, now, state } = this;
    await Promise.resolve();
    this.duringJoin?.(listener);
    const board = state.people['p1']?.agreed === false ? undefined : this.board?.join(request, listener);
    return { protocol: 1, you: 'p1', epoch, seq, now, state, ...board };
  }

  private async take(command: IdentifiedCommand, listener: LinkListener): Promise<Answer> {
    await Promise.resolve();
    if (!this.links.has(listener)) throw new Error('Cannot send data if the connection is not in the Connected State.');
    this.received.push(command);
    if (this.unavailableFor > 0) {
      this.unavailableFor--;
      return { ok: false, seq: this.seq, error: { code: 'unavailable', message: 'not now' } };
    }
    const answer = this.answers.get(command.id) ?? { ok: true as const, seq: this.seq + 1 };
    if (!this.answers.has(command.id)) {
      this.answers.set(command.id, answer);
      this.change({ room: { title: command.type } }, [{ type: 'session.started', by: 'p1', at: this.now }]);
    }
    if (!this.loseAnswers) return answer;
    this.loseAnswers = false;
    this.cut(listener);
    throw new Error('Invocation canceled due to the underlying connection being closed.');
  }
}
