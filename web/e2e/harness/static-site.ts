import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody else's web site of one page, which a test writes; on a port and so an origin of its own. */
export class StaticSite {
  page = '';

  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(): Promise<StaticSite> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const site = new StaticSite(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (_, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(site.page);
    });
    return site;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
