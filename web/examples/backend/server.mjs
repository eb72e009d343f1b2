// @ts-check
// The back end of a site with a room in its pages: it holds the key, says who may come in as whom, and is told what happens.
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

/** @typedef {import('node:http').ServerResponse} Response */
/** @typedef {import('node:http').IncomingHttpHeaders} Headers */

const { PORT = '3000', SESSION_ROOM = 'http://localhost:5080', TOKEN_SECONDS = '600' } = process.env;
const { SESSION_ROOM_KEY = '', WEBHOOK_SECRET = '' } = process.env;
const [, keyId = '', secret = ''] = /^([^:]+):(.{32,})$/.exec(SESSION_ROOM_KEY) ?? [];
if (!secret) throw new Error('SESSION_ROOM_KEY has to be the id and the secret of a key of the server, as id:secret.');

/** Who has an account here, and what they are in the room. A real site also asks for their passwords. */
const users = new Map([
  ['ann', { name: 'Ann', role: 'facilitator' }],
  ['ben', { name: 'Ben', role: 'member' }],
]);
/** Who is signed in, by their cookie. */
const signedIn = new Map();

/** The room, made when the first person needs it. @type {Promise<string> | undefined} */
let room;
async function makeRoom() {
  const answer = await fetch(`${SESSION_ROOM}/api/rooms`, {
    method: 'POST',
    headers: { authorization: `Bearer ${SESSION_ROOM_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Peer circle', agenda: [{ title: 'Check-in', durationMs: 600_000 }] }),
  });
  const { id, detail } = await answer.json();
  if (!answer.ok) throw new Error(`The room server answered ${answer.status}: ${detail}`);
  return /** @type {string} */ (id);
}

/** @type {(key: string | Buffer, text: string) => Buffer} */
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

/** A JWT for this person and this room, signed here; the server knows it by the key's id. */
function tokenFor(/** @type {string} */ user, /** @type {string} */ room) {
  const iat = Math.floor(Date.now() / 1000);
  const person = { sub: user, room, place: 'remote', ...users.get(user) };
  const claims = { iss: 'example', aud: 'session-room', iat, exp: iat + Number(TOKEN_SECONDS), ...person };
  const parts = [{ alg: 'HS256', typ: 'JWT', kid: keyId }, claims].map((each) => JSON.stringify(each));
  const text = parts.map((each) => Buffer.from(each).toString('base64url')).join('.');
  return `${text}.${hmac(secret, text).toString('base64url')}`;
}

/** What the server told, by the id that is the same at every try. A real site has it in its database. */
const told = new Map();
/** The pages that are open and show it. @type {Set<Response>} */
const watching = new Set();

/** Signed with our secret, for this very body, in the last five minutes. @type {(headers: Headers, body: string) => boolean} */
function isSigned(headers, body) {
  const [id, time, signatures] = ['id', 'timestamp', 'signature'].map((name) => String(headers[`webhook-${name}`]));
  if (!WEBHOOK_SECRET || !(Math.abs(Date.now() / 1000 - Number(time)) <= 300)) return false;
  const key = WEBHOOK_SECRET.startsWith('whsec_') ? Buffer.from(WEBHOOK_SECRET.slice(6), 'base64') : WEBHOOK_SECRET;
  const ours = Buffer.from(`v1,${hmac(key, `${id}.${time}.${body}`).toString('base64')}`);
  const theirs = (signatures ?? '').split(' ').map((each) => Buffer.from(each));
  return theirs.some((each) => each.length === ours.length && timingSafeEqual(each, ours));
}

/** @type {Record<string, (response: Response, asked: { user?: string, body: string, headers: Headers }) => unknown>} */
const calls = {
  async 'GET /'(response) {
    const page = await readFile(new URL('../plain/index.html', import.meta.url), 'utf8');
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page.replaceAll('http://localhost:5080', SESSION_ROOM));
  },
  'POST /login'(response, { body }) {
    const { user } = JSON.parse(body);
    if (!users.has(user)) return response.writeHead(403).end();
    const cookie = randomUUID();
    signedIn.set(cookie, user);
    response.writeHead(204, { 'set-cookie': `example=${cookie}; HttpOnly; SameSite=Strict; Path=/` }).end();
  },
  async 'GET /token'(response, { user }) {
    if (!user) return response.writeHead(401).end();
    room ??= makeRoom();
    room.catch(() => (room = undefined));
    const token = tokenFor(user, await room);
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify({ server: SESSION_ROOM, room: await room, token }));
  },
  'POST /webhooks'(response, { headers, body }) {
    if (!isSigned(headers, body)) return response.writeHead(401).end();
    const id = headers['webhook-id'];
    if (!told.has(id)) {
      told.set(id, JSON.stringify(JSON.parse(body)));
      for (const page of watching) page.write(`data: ${told.get(id)}\n\n`);
    }
    response.writeHead(204).end();
  },
  'GET /told'(response, { user }) {
    if (!user) return response.writeHead(401).end();
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write([':\n\n', ...[...told.values()].map((body) => `data: ${body}\n\n`)].join(''));
    watching.add(response.once('close', () => watching.delete(response)));
  },
};

const server = createServer(async (request, response) => {
  try {
    let body = '';
    for await (const chunk of request.setEncoding('utf8'))
      if ((body += chunk).length > 1e6) throw new Error('too long');
    const user = signedIn.get(/example=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1]);
    const call = calls[`${request.method} ${request.url}`] ?? (() => response.writeHead(404).end());
    await call(response, { user, body, headers: request.headers });
  } catch (error) {
    console.error(error);
    response.writeHead(502).end();
  }
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`http://localhost:${PORT}`));
