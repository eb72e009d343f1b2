import type { Contract } from './state.js';

export type RoomPlan = Contract['RoomPlan'];

/** `links` are page addresses; each carries its invite in the fragment, which no server sees. */
export type CreatedRoom = Contract['CreatedRoom'];

export type LinkRole = keyof CreatedRoom['links'];

/** A token and whom it is for. */
export type Entry = Contract['Entry'];

/** What the holder of an invite may read before joining. */
export type Invitation = Contract['Invitation'];

/** An answer that was not a success: `status` is 0 when there was none at all. */
export class HttpRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'HttpRefusal';
  }

  /** Asking again cannot help: the request itself was refused. */
  get final(): boolean {
    return this.status >= 400 && this.status < 500 && this.status !== 408 && this.status !== 429;
  }
}

export function createRoom(plan: RoomPlan, server = ''): Promise<CreatedRoom> {
  return post(`${server}/api/rooms`, plan);
}

/** What an invite leads to; nobody joins by it. */
export function readInvite(room: string, invite: string, server = ''): Promise<Invitation> {
  return post(`${server}/api/rooms/${encodeURIComponent(room)}/invite`, { invite });
}

/** `formerToken` is one that has expired: it lets the server know who is coming back. */
export function enterRoom(
  room: string,
  who: Contract['JoinRoom'],
  { server = '', formerToken }: { server?: string; formerToken?: string } = {},
): Promise<Entry> {
  return post(`${server}/api/rooms/${encodeURIComponent(room)}/join`, who, formerToken);
}

async function post<T>(url: string, body: unknown, bearer?: string): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(bearer && { authorization: `Bearer ${bearer}` }),
    },
    body: JSON.stringify(body),
  }).catch((error: unknown) => {
    throw new HttpRefusal(0, String(error));
  });
  if (!response.ok) throw new HttpRefusal(response.status, await problemText(response));
  return (await response.json()) as T;
}

/** RFC 9457: the detail says most, the title less. */
async function problemText(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => ({}))) as { title?: string; detail?: string };
  return problem.detail ?? problem.title ?? response.statusText;
}
