import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const built = join(root, 'artifacts/bin/SessionRoom.Server/release/SessionRoom.Server.dll');
const startWithinMs = 180_000;

/** A server of its own for a test: on a free port, with a data directory that outlives its processes. */
export class TestServer {
  private process?: ChildProcess;
  private output = '';

  private constructor(
    readonly address: string,
    private readonly data: string,
    private readonly settings: Record<string, string>,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<TestServer> {
    const data = mkdtempSync(join(tmpdir(), 'session-room-e2e-'));
    const server = new TestServer(`http://127.0.0.1:${await freePort()}`, data, settings);
    await server.run();
    return server;
  }

  /** Starts the process; again on the same port and data after `kill`. */
  async run(): Promise<void> {
    const args = existsSync(built)
      ? [built]
      : ['run', '-c', 'Release', '--no-launch-profile', '--project', join(root, 'src/SessionRoom.Server')];
    const child = spawn('dotnet', args, {
      cwd: root,
      // A group of its own: `dotnet run` has the server as a child, and both end together.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ASPNETCORE_ENVIRONMENT: 'Development',
        ASPNETCORE_URLS: this.address,
        SessionRoom__DataDirectory: this.data,
        ...this.settings,
      },
    });
    const keep = (chunk: Buffer) => (this.output = (this.output + chunk.toString()).slice(-20_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    this.process = child;
    const deadline = Date.now() + startWithinMs;
    while (!(await this.ready())) {
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline)
        throw new Error(`The server did not start:\n${this.output}`);
    }
  }

  /** kill -9, and gone when this resolves. */
  async kill(): Promise<void> {
    const child = this.process;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    process.kill(-child.pid, 'SIGKILL');
    await gone;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.data, { recursive: true, force: true });
  }

  /** One question to the server; a refused connection answers after a turn, so that asking again is no busy loop. */
  private async ready(): Promise<boolean> {
    const answer = await fetch(`${this.address}/health/ready`).catch(() => undefined);
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
    return false;
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
