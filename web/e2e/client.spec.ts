import { RoomConnection, enterRoom, signalRLink, type HubFormat } from '@session-room/client';
import { expect, test, TestRoom } from './fixtures.js';
import { TestServer } from './server.js';

for (const format of ['json', 'messagepack'] satisfies HubFormat[]) {
  test(`the client speaks ${format} with the server: joins, orders, folds, keeps the clock`, async ({ server }) => {
    const room = await TestRoom.create(server, { title: 'Client' });
    const entry = await room.enter('facilitator', 'Fay');
    const connection = new RoomConnection({ server: server.address, token: entry.token, format });
    connection.start();
    await expect.poll(() => connection.status.phase).toBe('live');
    expect(connection.you).toBe(entry.participantId);
    expect(await connection.do({ type: 'timer.start', durationMs: 60_000 })).toMatchObject({ ok: true });
    const seat = await connection.do({ type: 'people.seat', name: 'Chair' });
    expect(seat).toMatchObject({ ok: true, result: { pid: expect.any(String) as unknown as string } });
    expect(await connection.do({ type: 'floor.next' })).toMatchObject({ ok: false, error: { code: 'not_found' } });
    await expect.poll(() => connection.state).toEqual(await room.state(entry.token));
    // The server runs on this machine, so the machine's date is the truth here.
    expect(Math.abs(connection.clock.now() - Date.now())).toBeLessThanOrEqual(100);
    await connection.leave();
  });
}

test('a command whose answer died with the server is answered by the next one, and done once', async () => {
  const server = await TestServer.start();
  const room = await TestRoom.create(server, { title: 'Once' });
  const entry = await room.enter('facilitator', 'Fay');
  let lose = false;
  const connection = new RoomConnection({
    server: server.address,
    token: entry.token,
    link: (options, listener) => {
      const link = signalRLink(options, listener);
      const send: typeof link.send = async (command) => {
        const answer = await link.send(command);
        if (!lose) return answer;
        // The server has answered, so the command is durable; the answer is lost on the way, and the server dies.
        lose = false;
        await server.kill();
        throw new Error('Invocation canceled due to the underlying connection being closed.');
      };
      return { ...link, send };
    },
  });
  connection.start();
  await expect.poll(() => connection.status.phase).toBe('live');
  lose = true;
  const answered = connection.do({ type: 'people.seat', name: 'Only One' });
  await expect.poll(() => connection.status.phase).toBe('reconnecting');
  await server.run();
  expect(await answered).toMatchObject({ ok: true });
  const people = Object.values((await room.state(entry.token)).people);
  expect(people.filter(({ name }) => name === 'Only One')).toHaveLength(1);
  await connection.leave();
  await server.stop();
});

test('a token that expires is replaced with the stored invite, without a word', async () => {
  const server = await TestServer.start({ SessionRoom__TokenLife: '00:00:04' });
  const room = await TestRoom.create(server, { title: 'Expiry' });
  const invite = new URLSearchParams(new URL(room.link('member')).hash.slice(1)).get('invite') ?? '';
  const entries: string[] = [];
  const connection = new RoomConnection({
    server: server.address,
    renew: async () => {
      const { token } = await enterRoom(room.created.id, { invite, name: 'Tess' }, { server: server.address });
      entries.push(token);
      return token;
    },
  });
  connection.start();
  await expect.poll(() => entries.length).toBe(2);
  await expect.poll(() => connection.status.phase).toBe('live');
  await connection.leave();
  await server.stop();
});
