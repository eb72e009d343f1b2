import { createHmac } from 'node:crypto';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { expect, test } from './fixtures.js';
import { blocksIn, exportedBy, linesIn, Program, root } from './harness/as-written.js';
import { freePort, TestServer } from './server.js';

/** Server and back end, started as a page of the repository says; on free ports instead of those that it names. */
class Site {
  private readonly programs: Program[] = [];

  private constructor(
    readonly origin: string,
    readonly appOrigin: string,
    readonly server: TestServer,
    readonly env: Record<string, string>,
  ) {}

  static async start(blocks: string[], more: Record<string, string> = {}, folder = '.'): Promise<Site> {
    const [port, appPort] = [await freePort(), await freePort()];
    const moved = (line: string) =>
      line.replaceAll('localhost:3000', `localhost:${port}`).replaceAll('localhost:5173', `localhost:${appPort}`);
    const env = exportedBy(linesIn(blocks, /^export /).map(moved));
    // The same program, built before.
    expect(linesIn(blocks, /dotnet run/)).toEqual(['dotnet run --project src/SessionRoom.Server &']);
    const server = await TestServer.start(
      Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('SessionRoom__'))),
    );
    const site = new Site(`http://localhost:${port}`, `http://localhost:${appPort}`, server, env);
    const [line] = linesIn(blocks, /node /);
    await site.run(line!, folder, { PORT: String(port), SESSION_ROOM: server.address, ...more }, site.origin);
    return site;
  }

  async run(line: string, folder: string, env: Record<string, string>, address: string): Promise<void> {
    this.programs.push(await Program.start(line, folder, { ...this.env, ...env }, address));
  }

  async stop(): Promise<void> {
    for (const each of this.programs) await each.stop();
    await this.server.stop();
  }
}

const backEnd = blocksIn('web/examples/backend/README.md', 'sh');
const rootPage = blocksIn('README.md', 'sh').filter((block) => block.includes('examples/backend'));

let site: Site | undefined;
test.afterEach(async () => {
  await site?.stop();
  site = undefined;
});

async function openAs(browser: Browser, address: string, who: 'Ann' | 'Ben'): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(address);
  await page.getByRole('button', { name: who }).click();
  return page;
}

const question = (page: Page) => page.getByRole('button', { name: 'I have a question' });
const line = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text });

async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(' ')}`)).toEqual(
    [],
  );
}

test('the plain page: a member’s hand goes up by the page’s own button, and the facilitator’s page hears it', async ({
  browser,
}) => {
  site = await Site.start(backEnd);
  const ann = await openAs(browser, site.origin, 'Ann');
  await expect(ann.getByRole('heading', { name: 'Peer circle' })).toBeVisible();
  await expect(ann.getByLabel('Add a card to Doing')).toBeVisible();
  await accessible(ann);

  const ben = await openAs(browser, site.origin, 'Ben');
  await question(ben).click();
  await expect(ben.locator('session-room').getByRole('button', { name: 'Lower hand' })).toBeVisible();
  await expect(line(ann, 'hand.raised by Ben')).toBeVisible();
  await expect(line(ben, 'Ben is in the room')).toBeVisible();
  await expect(ben.getByRole('alert')).toBeEmpty();

  // What the page's style sheet says of the room holds inside it.
  const header = ann.locator('session-room [part~="header"]');
  expect(await header.evaluate((part) => getComputedStyle(part).borderBottomStyle)).toBe('double');

  await ann.getByRole('button', { name: 'Start session' }).click();
  await expect(line(ann, 'session.started by Ann')).toBeVisible();
  await expect(ann.locator('#told')).toHaveText('session.started');
  await Promise.all([ann.context().close(), ben.context().close()]);
});

test('the React app: the same beside a call, compact and whole on one connection', async ({ browser }) => {
  site = await Site.start(backEnd);
  const commands = linesIn(blocksIn('web/examples/react/README.md', 'sh'), /./);
  expect(commands).toEqual(['npm ci', 'npx vite examples/react']);
  await site.run(commands[1]!, 'web', { PORT: new URL(site.appOrigin).port, BACKEND: site.origin }, site.appOrigin);
  const ann = await openAs(browser, site.appOrigin, 'Ann');
  await expect(question(ann)).toBeEnabled();
  await accessible(ann);

  const ben = await openAs(browser, site.appOrigin, 'Ben');
  await question(ben).click();
  await expect(line(ann, 'hand.raised by Ben')).toBeVisible();

  await expect(ben.locator('sr-compact')).toBeVisible();
  await ben.getByLabel('Compact').uncheck();
  await expect(ben.getByRole('heading', { name: 'Peer circle' })).toBeVisible();
  await ben.locator('session-room').getByRole('button', { name: 'Lower hand' }).click();
  await expect(line(ann, 'hand.lowered by Ben')).toBeVisible();
  await expect(line(ann, 'people.disconnected by house')).toHaveCount(0);
  await Promise.all([ann.context().close(), ben.context().close()]);
});

test('the back end is asked for another token before one expires, and the visit goes on', async ({ browser }) => {
  site = await Site.start(backEnd, { TOKEN_SECONDS: '4' });
  const tokens: string[] = [];
  const page = await (await browser.newContext()).newPage();
  page.on('response', (response) => {
    if (response.url().endsWith('/token') && response.ok())
      void response.json().then(
        ({ token }: { token: string }) => tokens.push(token),
        () => undefined,
      );
  });
  await page.goto(site.origin);
  await page.getByRole('button', { name: 'Ben' }).click();
  await expect(question(page)).toBeEnabled();
  // Each is asked for halfway through the life of the one before: at the fourth the first has expired.
  await expect.poll(() => new Set(tokens).size).toBeGreaterThan(3);
  await question(page).click();
  await expect(line(page, 'hand.raised by Ben')).toBeVisible();
  await expect(line(page, 'The visit is over')).toHaveCount(0);
  await page.context().close();
});

test('the back end takes a webhook once, and none that is forged, changed or old', async () => {
  site = await Site.start(backEnd);
  const secret = site.env['WEBHOOK_SECRET']!;
  const body = JSON.stringify({ id: 'evt_1', type: 'session.ended', at: 1, room: 'r', data: {}, cursor: '1' });
  const send = async (id: string, { key = secret, text = body, ageSeconds = 0 } = {}) => {
    const time = Math.floor(Date.now() / 1000) - ageSeconds;
    const signature = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64');
    const headers = { 'webhook-id': id, 'webhook-timestamp': `${time}`, 'webhook-signature': `v1a,x v1,${signature}` };
    return (await fetch(`${site!.origin}/webhooks`, { method: 'POST', headers, body: text })).status;
  };
  expect(await send('evt_0', { key: 'another secret' })).toBe(401);
  expect(await send('evt_0', { text: body.replace('ended', 'started') })).toBe(401);
  expect(await send('evt_0', { ageSeconds: 301 })).toBe(401);
  expect(await send('evt_0', { ageSeconds: -301 })).toBe(401);
  expect((await fetch(`${site.origin}/webhooks`, { method: 'POST', body })).status).toBe(401);
  expect(await send('evt_1')).toBe(204);
  expect(await send('evt_1', { ageSeconds: 20 })).toBe(204);

  const login = await fetch(`${site.origin}/login`, { method: 'POST', body: JSON.stringify({ user: 'ben' }) });
  const cookie = login.headers.get('set-cookie')!.split(';')[0]!;
  expect((await fetch(`${site.origin}/told`)).status).toBe(401);
  const told = await fetch(`${site.origin}/told`, { headers: { cookie } });
  const { value } = await told.body!.pipeThrough(new TextDecoderStream()).getReader().read();
  expect(value).toBe(`:\n\ndata: ${body}\n\n`);
});

test('on an origin that the key does not list the room stays shut, and the page says so', async ({ browser }) => {
  site = await Site.start(backEnd);
  const elsewhere = site.origin.replace('localhost', '127.0.0.1');
  const page = await openAs(browser, elsewhere, 'Ben');
  await expect(page.getByRole('alert')).toContainText(`does its key list ${elsewhere}?`);
  await expect(question(page)).toBeDisabled();
  expect(await page.evaluate(() => document.querySelector('session-room')!.state)).toBeUndefined();
  await page.context().close();
});

test('the root page’s way: server, back end, the element’s lines and the frame’s', async ({ browser }, testInfo) => {
  // A copy of the site, whose page becomes nothing but these lines.
  const copy = testInfo.outputPath('site');
  for (const each of ['backend', 'plain'])
    cpSync(join(root, 'web/examples', each), join(copy, 'web/examples', each), { recursive: true });
  site = await Site.start(rootPage, {}, copy);
  const page = await openAs(browser, site.origin, 'Ben');
  await expect(page.getByRole('heading', { name: 'Peer circle' })).toBeVisible();
  const { room } = await page.evaluate(async () => (await (await fetch('/token')).json()) as { room: string });
  const lines = blocksIn('README.md', 'html').map((block) => block.replaceAll('ROOM', room));
  const show = async (body: string) => {
    const whole = `<!doctype html><html lang="en">${body}</html>`;
    writeFileSync(join(copy, 'web/examples/plain/index.html'), whole);
    await page.goto(site!.origin);
  };
  await show(lines[0]!);
  await page.getByRole('button', { name: 'Raise hand' }).click();
  await expect(page.getByRole('button', { name: 'Lower hand' })).toBeVisible();

  await show(lines[1]!);
  await page.frameLocator('iframe').getByRole('button', { name: 'Lower hand' }).click();
  await expect(page.frameLocator('iframe').getByRole('button', { name: 'Raise hand' })).toBeVisible();
  await page.context().close();
});
