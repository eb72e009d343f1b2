import type { IHttpConnectionOptions, TransferFormat } from '@microsoft/signalr';

type Data = string | ArrayBuffer;

/**
 * One WebSocket to the hub, where SignalR has a connection of many transports. As there, `onclose` comes once for a
 * connection that was open, and never for one that was not: that one's `start` rejects.
 */
export class HttpConnection {
  readonly features = {};
  onreceive?: (data: Data) => void;
  onclose?: (error?: Error) => void;
  private socket?: WebSocket;
  private isOpen = false;

  constructor(
    private readonly address: string,
    private readonly options: IHttpConnectionOptions,
  ) {}

  start(_format: TransferFormat): Promise<void> {
    const url = new URL(this.address, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    // The client's tokens are at hand: a promise of one would let `stop` come before there is a socket to close.
    url.searchParams.set('access_token', this.options.accessTokenFactory?.() as string);
    const socket = (this.socket = new WebSocket(url));
    socket.binaryType = 'arraybuffer';
    return new Promise((resolve, reject) => {
      socket.onopen = () => {
        this.isOpen = true;
        resolve();
      };
      socket.onmessage = ({ data }: MessageEvent<Data>) => {
        try {
          this.onreceive?.(data);
        } catch (error) {
          this.end(error as Error);
        }
      };
      socket.onclose = ({ code, reason, wasClean }) => {
        const error = new Error(`WebSocket closed with status code: ${code} (${reason || 'no reason given'}).`);
        reject(error);
        this.end(wasClean && code === 1000 ? undefined : error);
      };
    });
  }

  async send(data: Data): Promise<void> {
    if (!this.isOpen) throw new Error('The WebSocket is not open.');
    this.socket!.send(data);
  }

  async stop(error?: Error): Promise<void> {
    this.end(error);
  }

  /** Without waiting for the other side, which may be gone. */
  private end(error: Error | undefined): void {
    const { socket, isOpen } = this;
    this.socket = undefined;
    this.isOpen = false;
    if (!socket) return;
    socket.onmessage = null;
    socket.close();
    if (isOpen) this.onclose?.(error);
  }
}
