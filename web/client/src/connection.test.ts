import { afterEach, expect, test, vi } from 'vitest';
import { RoomConnection, type RoomConnectionOptions } from './connection.js';
import { FakeRoom } from './fake-room.js';
import { HttpRefusal } from './http.js';

const nextTurn = () => new Promise<void>((resolve) => setTimeout(resolve));
const open: RoomConnection[] = [];

function connect(room: FakeRoom, options: Partial<RoomConnectionOptions> = {}) {
  const waits: number[] = [];
  const connection = new RoomConnection({
    token: 't1',
    link: room.factory,
    // A wait is over in the next turn, except that of the regular contact, which these tests do not need.
    wait: (ms) => (ms >= 30_000 ? new Promise(() => undefined) : (waits.push(ms), nextTurn())),
    random: () => 0,
    ...options,
  });
  const states: (string | undefined)[] = [];
  const events: string[] = [];
  connection.subscribe({
    state: (state, happened) => (states.push(state.room.title), events.push(...happened.map(({ type }) => type))),
  });
  open.push(connection);
  connection.start();
  return { connection, states, events, waits };
}

const live = (connection: RoomConnection) =>
  vi.waitFor(() => expect(connection.status.phase).toBe('live'), { interval: 1 });
const closed = (connection: RoomConnection) =>
  vi.waitFor(() => expect(connection.status.phase).toBe('closed'), { interval: 1 });

afterEach(async () => {
  await Promise.all(open.splice(0).map((connection) => connection.leave()));
});

test('joining gives the state, who one is, and a clock', async () => {
  const room = new FakeRoom();
  const { connection } = connect(room);
  await live(connection);
  expect(connection.state?.room.title).toBe('Fake');
  expect(connection.you).toBe('p1');
  expect(Math.abs(connection.clock.now() - room.now)).toBeLessThan(100);
});

test('without a board every Join leaves it out', async () => {
  const room = new FakeRoom();
  const { connection } = connect(room);
  await live(connection);
  room.cutAll();
  await vi.waitFor(() => expect(room.requests).toEqual([{ skipBoard: true }, { skipBoard: true }]), { interval: 1 });
});

test('patches are folded, also one that overtook the answer to Join', async () => {
  const room = new FakeRoom();
  room.duringJoin = () => {
    room.duringJoin = undefined;
    room.change({ room: { title: 'overtaking' } }, [{ type: 'timer.paused', by: 'p1', at: 0, remainingMs: 1 }]);
  };
  const { connection, events } = connect(room);
  await live(connection);
  expect(connection.state?.room.title).toBe('overtaking');
  room.change({ room: { title: 'later' } });
  expect(connection.state?.room.title).toBe('later');
  expect(events).toEqual(['timer.paused']);
});

test('a hole in the numbers joins again and loses nothing', async () => {
  const room = new FakeRoom();
  const { connection } = connect(room);
  await live(connection);
  room.changeUnheard({ room: { purpose: 'unheard' } });
  room.change({ room: { title: 'heard' } });
  await vi.waitFor(() => expect(connection.state?.room).toMatchObject({ purpose: 'unheard', title: 'heard' }));
  expect(room.joins).toBe(2);
});

test('a resync replaces everything', async () => {
  const room = new FakeRoom();
  const { connection } = connect(room);
  await live(connection);
  room.changeUnheard({ room: { title: 'while stalled' } });
  room.resync();
  expect(connection.state?.room.title).toBe('while stalled');
  expect(room.joins).toBe(1);
});

test('a command whose answer was lost is sent again under the same id and takes effect once', async () => {
  const room = new FakeRoom();
  const { connection, events } = connect(room);
  await live(connection);
  room.loseAnswers = true;
  const answer = await connection.do({ type: 'floor.next' });
  expect(answer.ok).toBe(true);
  expect(room.received).toHaveLength(2);
  expect(room.received[0]?.id).toBe(room.received[1]?.id);
  expect(room.seq).toBe(2);
  expect(events.filter((type) => type === 'floor.next').length).toBeLessThanOrEqual(1);
  expect(connection.status.waiting).toEqual([]);
});

test('commands given while away wait, are shown as waiting, and are sent in their order on return', async () => {
  const room = new FakeRoom();
  room.up = false;
  const { connection, waits } = connect(room);
  const answers = [connection.do({ type: 'hand.raise' }), connection.do({ type: 'hand.lower' })];
  expect(connection.status.waiting.map(({ type }) => type)).toEqual(['hand.raise', 'hand.lower']);
  await vi.waitFor(() => expect(waits.length).toBeGreaterThan(20), { interval: 1 });
  room.up = true;
  await Promise.all(answers);
  expect(room.received.map(({ type }) => type)).toEqual(['hand.raise', 'hand.lower']);
});

test('it never gives up: a hundred refused attempts, then it is back in the same state', async () => {
  const room = new FakeRoom();
  const { connection, waits } = connect(room);
  await live(connection);
  room.up = false;
  room.cutAll();
  await vi.waitFor(() => expect(waits.length).toBeGreaterThan(100), { interval: 1 });
  expect(connection.status.phase).toBe('reconnecting');
  expect(connection.state?.room.title).toBe('Fake');
  room.up = true;
  await live(connection);
  expect(Math.max(...waits)).toBeLessThanOrEqual(15_000);
});

test('another epoch starts over: the new state counts, and what was asked of the lost log is not asked again', async () => {
  const room = new FakeRoom();
  room.seq = 50;
  const { connection } = connect(room);
  await live(connection);
  room.up = false;
  room.cutAll();
  const answer = connection.do({ type: 'floor.next' });
  Object.assign(room, { epoch: 'e2', seq: 3, up: true, state: { room: { id: 'r', title: 'anew' }, people: {} } });
  await expect(answer).resolves.toMatchObject({ ok: false, error: { code: 'stale' } });
  expect(connection.state?.room.title).toBe('anew');
  expect(room.received).toEqual([]);
});

test('a log that was written back is the same room: what was asked of it is asked again', async () => {
  const room = new FakeRoom();
  room.seq = 50;
  const { connection } = connect(room);
  await live(connection);
  room.up = false;
  room.cutAll();
  const answer = connection.do({ type: 'floor.next' });
  Object.assign(room, { epoch: 'e1-1', seq: 49, up: true });
  await expect(answer).resolves.toMatchObject({ ok: true, seq: 50 });
  expect(room.received.map(({ type }) => type)).toEqual(['floor.next']);
});

test('a join on a live link that is answered with unavailable is tried again on that link', async () => {
  const room = new FakeRoom();
  const { connection } = connect(room);
  await live(connection);
  room.turnAway = "An unexpected error occurred invoking 'Join' on the server. HubException: unavailable: in words";
  connection.rejoin();
  await vi.waitFor(() => expect(room.joins).toBeGreaterThan(3), { interval: 1 });
  room.turnAway = undefined;
  const { joins } = room;
  await vi.waitFor(() => expect(room.joins).toBeGreaterThan(joins), { interval: 1 });
  expect(connection.status.phase).toBe('live');
  expect(room.tokens).toHaveLength(1);
});

test.each(['removed', 'room_deleted'] as const)('bye %s is the end, and says so to whoever waits', async (reason) => {
  const room = new FakeRoom();
  const { connection } = connect(room);
  await live(connection);
  room.bye({ reason });
  await closed(connection);
  expect(connection.status.ending).toBe(reason);
  expect(await connection.do({ type: 'hand.raise' })).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  expect(room.joins).toBe(1);
});

test('who was removed while away is told at the door, and does not come back as somebody else', async () => {
  const room = new FakeRoom();
  room.turnAway = "An unexpected error occurred invoking 'Join' on the server. HubException: removed";
  const renew = vi.fn(() => Promise.resolve('t2'));
  const { connection } = connect(room, { renew });
  await closed(connection);
  expect(connection.status.ending).toBe('removed');
  expect(renew).not.toHaveBeenCalled();
});

test.each(['too_large', 'not_found', 'forbidden', 'invalid'] as const)(
  'a Join refused with %s is the end, and says why',
  async (code) => {
    const room = new FakeRoom();
    room.turnAway = `An unexpected error occurred invoking 'Join' on the server. HubException: ${code}: in words`;
    const { connection } = connect(room);
    await closed(connection);
    expect(connection.status.ending).toBe(code);
    expect(room.joins).toBe(1);
  },
);

test.each(['rate_limited', 'unavailable'])('a Join refused with %s is tried again', async (code) => {
  const room = new FakeRoom();
  room.turnAway = `An unexpected error occurred invoking 'Join' on the server. HubException: ${code}: in words`;
  const { connection } = connect(room);
  await vi.waitFor(() => expect(room.joins).toBeGreaterThan(2), { interval: 1 });
  room.turnAway = undefined;
  await live(connection);
});

test('a command answered with unavailable is kept, and sent again under the same id until it is taken', async () => {
  const room = new FakeRoom();
  const { connection, waits } = connect(room);
  await live(connection);
  room.unavailableFor = 3;
  const delays: boolean[] = [];
  connection.subscribe({ status: ({ delayed, waiting }) => delays.push(delayed && waiting.length === 1) });
  const answer = await connection.do({ type: 'hand.raise' });
  expect(answer.ok).toBe(true);
  expect(new Set(room.received.map(({ id }) => id)).size).toBe(1);
  expect(room.received).toHaveLength(4);
  expect(waits).toEqual([150, 300, 600]);
  expect(delays).toContain(true);
  await vi.waitFor(() => expect(connection.status).toMatchObject({ waiting: [], delayed: false }));
});

test('bye server_stopping is not: it waits as long as it was told and comes back', async () => {
  const room = new FakeRoom();
  const { connection, waits } = connect(room);
  await live(connection);
  room.bye({ reason: 'server_stopping', retryAfterMs: 4000 });
  await vi.waitFor(() => expect(room.joins).toBe(2), { interval: 1 });
  expect(waits).toEqual([4000]);
});

test('an expired token is replaced with the stored invite', async () => {
  const room = new FakeRoom();
  room.acceptedToken = 't1';
  const renew = vi.fn(() => Promise.resolve('t2'));
  const { connection } = connect(room, { renew });
  await live(connection);
  room.acceptedToken = 't2';
  room.bye({ reason: 'expired' });
  await vi.waitFor(() => expect(room.tokens).toEqual(['t1', 't2']), { interval: 1 });
  await live(connection);
  expect(renew).toHaveBeenCalledTimes(1);
});

test('a token that expired while away is replaced too, but a new one that is refused is not replaced for ever', async () => {
  const room = new FakeRoom();
  room.acceptedToken = 'none of them';
  const renew = vi.fn(() => Promise.resolve('t2'));
  const { connection } = connect(room, { renew });
  await closed(connection);
  expect(connection.status.ending).toBe('expired');
  expect(renew).toHaveBeenCalledTimes(1);
});

test.each([
  [404, 'room_deleted'],
  [403, 'expired'],
])('an invite refused with %d ends with %s', async (status, ending) => {
  const room = new FakeRoom();
  const { connection } = connect(room, {
    token: undefined,
    renew: () => Promise.reject(new HttpRefusal(status, 'no')),
  });
  await closed(connection);
  expect(connection.status.ending).toBe(ending);
});

test('a network that fails while renewing is only waited for', async () => {
  const room = new FakeRoom();
  let calls = 0;
  const renew = () => (++calls < 5 ? Promise.reject(new HttpRefusal(0, 'offline')) : Promise.resolve('t2'));
  const { connection } = connect(room, { token: undefined, renew });
  await live(connection);
  expect(calls).toBe(5);
});

test('accepting the agreement joins again, for the room behind the gate', async () => {
  const room = new FakeRoom();
  const { connection } = connect(room);
  await live(connection);
  await connection.do({ type: 'agreement.accept', version: 1 });
  await vi.waitFor(() => expect(room.joins).toBe(2), { interval: 1 });
});

test('waking up tries at once instead of waiting', async () => {
  const room = new FakeRoom();
  room.up = false;
  const { connection } = connect(room, { wait: () => new Promise(() => undefined) });
  await vi.waitFor(() => expect(room.tokens).toHaveLength(1), { interval: 1 });
  room.up = true;
  await vi.waitFor(
    () => {
      connection.wake();
      expect(connection.status.phase).toBe('live');
    },
    { interval: 1 },
  );
});
