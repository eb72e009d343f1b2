import {
  HttpTransportType,
  HubConnectionBuilder,
  JsonHubProtocol,
  LogLevel,
  type IHubProtocol,
} from '@microsoft/signalr';
import { fromBase64, toBase64 } from './base64.js';
import type { IdentifiedCommand, Answer } from './commands.js';
import type { BoardMessage, ByeMessage, JoinAnswer, JoinRequest, PatchMessage, ResyncMessage } from './wire.js';

/** What a link tells its owner. `closed` comes once, and nothing after it. */
export interface LinkListener {
  patch(message: PatchMessage): void;
  resync(message: ResyncMessage): void;
  bye(message: ByeMessage): void;
  board(message: BoardMessage): void;
  aware(update: Uint8Array): void;
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
  push(update: Uint8Array): Promise<Answer>;
  aware(update: Uint8Array): Promise<void>;
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

export const signalRLink: LinkFactory = (options, listener) => {
  const bytes = options.format === 'json' ? base64 : binary;
  const connecting = (async () => {
    const connection = new HubConnectionBuilder()
      .withUrl(`${options.server}/hubs/room`, {
        accessTokenFactory: options.token,
        transport: HttpTransportType.WebSockets,
      })
      .withHubProtocol(await protocolFor(options.format))
      .withServerTimeout(serverTimeoutMs)
      .configureLogging(LogLevel.None)
      .build();
    connection.on('patch', listener.patch);
    connection.on('resync', (message: Packed<ResyncMessage>) => listener.resync(unpack(message, bytes)));
    connection.on('bye', listener.bye);
    connection.on('board', ({ n, update }: { n: number; update: never }) =>
      listener.board({ n, update: bytes.in(update) }),
    );
    connection.on('aware', (update: never) => listener.aware(bytes.in(update)));
    connection.onclose(listener.closed);
    return connection;
  })();

  return {
    async open() {
      const connection = await connecting;
      try {
        await connection.start();
      } catch (error) {
        throw isUnauthorised(error) ? new Unauthorised(String(error)) : error;
      }
    },
    join: async ({ board, ...rest }) => {
      const request = board ? { ...rest, board: bytes.out(board) } : rest;
      return unpack(await (await connecting).invoke<Packed<JoinAnswer>>('Join', request), bytes);
    },
    send: async (command) => (await connecting).invoke<Answer>('Do', command),
    push: async (update) => (await connecting).invoke<Answer>('Push', bytes.out(update)),
    aware: async (update) => (await connecting).send('Aware', bytes.out(update)),
    time: async () => (await connecting).invoke<number>('Time'),
    close: async () => (await connecting).stop(),
  };
};

/** How a hub protocol carries bytes. */
interface Bytes {
  out(bytes: Uint8Array): unknown;
  in(packed: never): Uint8Array;
}

const base64: Bytes = { out: toBase64, in: fromBase64 };
const binary: Bytes = { out: (bytes) => bytes, in: (bytes) => bytes };

type Packed<T> = Omit<T, 'board' | 'missing'> & { board?: never; missing?: never };

function unpack<T extends ResyncMessage & { missing?: Uint8Array }>(message: Packed<T>, bytes: Bytes): T {
  const { board, missing } = message;
  return {
    ...message,
    ...(board !== undefined && { board: bytes.in(board) }),
    ...(missing !== undefined && { missing: bytes.in(missing) }),
  } as unknown as T;
}

async function protocolFor(format: HubFormat): Promise<IHubProtocol> {
  if (format === 'json') return new JsonHubProtocol();
  const { MessagePackHubProtocol } = await import('@microsoft/signalr-protocol-msgpack');
  return new MessagePackHubProtocol();
}

/** The library puts the negotiation's status into the error or only into its text. */
function isUnauthorised(error: unknown): boolean {
  const status = (error as { statusCode?: number }).statusCode;
  return status === 401 || status === 403 || /\b40[13]\b|Unauthorized|Forbidden/.test(String(error));
}
