import {
  HttpTransportType,
  HubConnectionBuilder,
  JsonHubProtocol,
  LogLevel,
  type IHubProtocol,
} from '@microsoft/signalr';
import type { IdentifiedCommand, Answer } from './commands.js';
import type { BoardMessage, ByeMessage, Bytes, JoinAnswer, JoinRequest, PatchMessage, ResyncMessage } from './wire.js';

/** What a link tells its owner. `closed` comes once, and nothing after it. */
export interface LinkListener {
  patch(message: PatchMessage): void;
  resync(message: ResyncMessage): void;
  bye(message: ByeMessage): void;
  board(message: BoardMessage): void;
  aware(update: Bytes): void;
  closed(error?: Error): void;
}

/** One connection to the room's hub, from its start to its loss; a new one is made to try again. */
export interface RoomLink {
  /** Rejects when the hub cannot be reached; with `Unauthorised` when the token is not taken. */
  open(): Promise<void>;
  join(request: JoinRequest): Promise<JoinAnswer>;
  /** Rejects when the link was lost before the answer came. */
  send(command: IdentifiedCommand): Promise<Answer>;
  /** An edit of the board. Rejects when the link was lost before the answer came. */
  push(update: Bytes): Promise<Answer>;
  aware(update: Bytes): Promise<void>;
  time(): Promise<number>;
  close(): Promise<void>;
}

export class Unauthorised extends Error {}

export type HubFormat = 'json' | 'messagepack';

export interface LinkOptions {
  /** Where the server is; empty for the page's own origin. */
  server: string;
  format: HubFormat;
  token(): string;
}

export type LinkFactory = (options: LinkOptions, listener: LinkListener) => RoomLink;

/** Silence for as long means that the connection is gone; the server sends something every 15 s. */
const serverTimeoutMs = 30_000;
const questionMs = 10_000;

export const signalRLink: LinkFactory = (options, listener) => {
  const connecting = (async () => {
    const connection = new HubConnectionBuilder()
      .withUrl(`${options.server}/hubs/room`, {
        accessTokenFactory: options.token,
        transport: HttpTransportType.WebSockets,
        // A socket needs no negotiation, which would be a round trip more and bind the session to one node.
        skipNegotiation: true,
      })
      .withHubProtocol(await protocolFor(options.format))
      .withServerTimeout(serverTimeoutMs)
      .configureLogging(LogLevel.None)
      .build();
    for (const call of ['patch', 'resync', 'bye', 'board', 'aware'] as const) connection.on(call, listener[call]);
    connection.onclose(listener.closed);
    return connection;
  })();

  const ask = async <T>(method: string, ...args: unknown[]) => (await connecting).invoke<T>(method, ...args);

  return {
    async open() {
      const connection = await connecting;
      try {
        await connection.start();
      } catch (error) {
        throw await reasonFor(error, options);
      }
    },
    join: (request) => ask('Join', request),
    send: (command) => ask('Do', command),
    push: (update) => ask('Push', update),
    aware: (update) => ask('Aware', update),
    time: () => ask('Time'),
    close: async () => (await connecting).stop(),
  };
};

async function protocolFor(format: HubFormat): Promise<IHubProtocol> {
  if (format === 'json') return new JsonHubProtocol();
  const { MessagePackHubProtocol } = await import('@microsoft/signalr-protocol-msgpack');
  return new MessagePackHubProtocol();
}

/** A browser does not tell why a socket failed to open: the same hub is asked in a way that has an answer. */
async function reasonFor(error: unknown, { server, token }: LinkOptions): Promise<unknown> {
  const answer = await fetch(`${server}/hubs/room/negotiate?negotiateVersion=1`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token()}` },
    signal: AbortSignal.timeout(questionMs),
  }).catch(() => undefined);
  if (answer?.status === 401) return new Unauthorised(String(error));
  return answer?.status === 403 ? new Error('403: the hub is not for this page', { cause: error }) : error;
}
