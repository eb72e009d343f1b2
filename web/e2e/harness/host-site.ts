import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bundled } from './bundled.js';

let script: Promise<string> | undefined;

/** Somebody else's web site: one static page with a script, on a port and so an origin of its own. */
export class HostSite {
  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(): Promise<HostSite> {
    const code = await (script ??= bundled('host-page.ts'));
    const server = createServer((request, response) => {
      const asked = request.url === '/host.js';
      response.setHeader('content-type', asked ? 'text/javascript' : 'text/html; charset=utf-8');
      response.end(asked ? code : '<!doctype html><title>A school</title><body><script src="/host.js"></script>');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new HostSite(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
