import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, TestServer } from './server.js';

/** Several nodes on a Redis of their own, behind a proxy that gives each connection to the next node that takes it. */
export class Fleet {
  private next = 0;

  private constructor(
    readonly address: string,
    readonly redis: RedisProcess,
    readonly nodes: readonly TestServer[],
    private readonly proxy: Server,
  ) {}

  static async start(size: number): Promise<Fleet> {
    const redis = await RedisProcess.start();
    const settings = {
      SessionRoom__Redis: redis.address,
      SessionRoom__SigningKey: 'a key that all nodes of this test sign with',
    };
    const nodes = await Promise.all(Array.from({ length: size }, () => TestServer.start(settings)));
    const proxy = createServer();
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const fleet = new Fleet(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, redis, nodes, proxy);
    proxy.on('connection', (incoming) => fleet.pass(incoming, size));
    return fleet;
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
    await this.redis.stop();
    this.proxy.close();
  }

  private pass(incoming: Socket, tries: number): void {
    const node = this.nodes[this.next++ % this.nodes.length]!;
    const onward = connect(Number(new URL(node.address).port), '127.0.0.1');
    incoming.on('error', () => onward.destroy());
    onward.once('connect', () => {
      incoming.pipe(onward).pipe(incoming);
      incoming.on('close', () => onward.destroy());
      onward.on('close', () => incoming.destroy());
    });
    onward.once('error', () => {
      if (onward.connecting || onward.bytesWritten > 0 || tries <= 1) incoming.destroy();
      else this.pass(incoming, tries - 1);
    });
  }
}

export class RedisProcess {
  private process?: ChildProcess;

  private constructor(
    private readonly port: number,
    private readonly data: string,
  ) {}

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  static async start(): Promise<RedisProcess> {
    const redis = new RedisProcess(await freePort(), mkdtempSync(join(tmpdir(), 'session-room-redis-')));
    await redis.run();
    return redis;
  }

  /** Starts it, on the data that it had. */
  async run(): Promise<void> {
    const args = ['--port', `${this.port}`, '--bind', '127.0.0.1', '--dir', this.data, '--save', ''];
    const child = spawn('redis-server', [...args, '--appendonly', 'yes', '--appendfsync', 'always'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.process = child;
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', () => reject(new Error('redis-server ended')));
      child.stdout.on('data', (said: Buffer) => said.includes('Ready to accept connections') && resolve());
    });
  }

  async kill(): Promise<void> {
    const child = this.process!;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  async flush(): Promise<void> {
    const socket = connect(this.port, '127.0.0.1');
    const answered = new Promise<void>((resolve, reject) => socket.once('data', () => resolve()).once('error', reject));
    socket.write('FLUSHALL\r\n');
    await answered;
    socket.destroy();
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.data, { recursive: true, force: true });
  }
}
