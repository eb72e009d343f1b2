import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { HubFormat } from '@session-room/client';
import { expect, type TestRoom } from '../fixtures.js';
import { bundled } from './bundled.js';

let script: Promise<string> | undefined;

/** A member's page with a board and no view, from the server's own origin; it loads whether the server is up or not. */
export class BoardPage {
  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
  ) {}

  static async open(browser: Browser, room: TestRoom, name: string, format: HubFormat = 'json'): Promise<BoardPage> {
    const { token } = await room.enter('member', name);
    // A page that no server sent is on no network, and has to be allowed to speak with one on this machine.
    const context = await browser.newContext({ permissions: ['local-network-access'] });
    const code = await (script ??= bundled('board-page.ts'));
    await context.route('**/harness/*', (route) =>
      route.request().url().endsWith('.js')
        ? route.fulfill({ contentType: 'text/javascript', body: code })
        : route.fulfill({ contentType: 'text/html', body: '<!doctype html><script src="/harness/board.js"></script>' }),
    );
    const page = await context.newPage();
    await page.goto(`${room.server.address}/harness/board#${new URLSearchParams({ token, format }).toString()}`);
    return new BoardPage(page, context);
  }

  write(text: string): Promise<void> {
    return this.page.evaluate((each) => window.board.write(each), text);
  }

  scribble(name: string, count: number): Promise<void> {
    return this.page.evaluate(([who, edits]) => window.board.scribble(who, edits), [name, count] as const);
  }

  content(): Promise<string> {
    return this.page.evaluate(() => window.board.content());
  }

  status() {
    return this.page.evaluate(() => window.board.status());
  }

  /** What IndexedDB holds, as text. */
  kept(): Promise<string> {
    return this.page.evaluate(() => window.board.kept());
  }

  /** Joined, and every edit answered. A connection that went silent is noticed after half a minute. */
  async settled(): Promise<void> {
    await expect
      .poll(() => this.status(), { timeout: 60_000 })
      .toMatchObject({ synced: true, unsaved: 0, phase: 'live' });
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
