import { RoomConnection, signalRLink, type HubFormat } from '@session-room/client';
import { RoomBoard } from '@session-room/client/board';
import { expect, HubPerson, test, TestRoom } from './fixtures.js';
import { BoardPage } from './harness/board-pages.js';
import { TestServer } from './server.js';

const marks = (name: string, count: number) => Array.from({ length: count }, (_, i) => `<${name}${i}>`);

/** Each mark of these is in the notes once. */
function expectAll(content: string, expected: string[]): void {
  const [, notes] = JSON.parse(content) as [unknown, string];
  const missing = expected.filter((mark) => notes.split(mark).length !== 2);
  expect(missing).toEqual([]);
}

async function allTheSame(pages: BoardPage[]): Promise<string> {
  await Promise.all(pages.map((page) => page.settled()));
  const content = await pages[0]!.content();
  for (const page of pages) await expect.poll(() => page.content()).toBe(content);
  return content;
}

test('three pages edit one board at once, one of them offline for a while, one reloading: all end with the same', async ({
  browser,
  server,
}) => {
  const room = await TestRoom.create(server, { title: 'Board' });
  const pages = await Promise.all([
    BoardPage.open(browser, room, 'Ann'),
    BoardPage.open(browser, room, 'Bob', 'messagepack'),
    BoardPage.open(browser, room, 'Cyd'),
  ]);
  const [ann, bob, cyd] = pages;
  await Promise.all(pages.map((page) => page.settled()));

  const writing = ann.scribble('a', 300);
  await Promise.all([bob.scribble('b', 60), cyd.scribble('c', 60)]);
  await cyd.context.setOffline(true);
  const offline = cyd.scribble('d', 100);
  await bob.scribble('e', 20);
  await bob.page.reload();
  await bob.settled();
  await bob.scribble('f', 60);
  await offline;
  expect((await cyd.status()).unsaved).toBeGreaterThan(0);
  await cyd.context.setOffline(false);
  await writing;

  const content = await allTheSame(pages);
  expectAll(content, [
    ...marks('a', 300),
    ...marks('b', 60),
    ...marks('c', 60),
    ...marks('d', 100),
    ...marks('e', 20),
    ...marks('f', 60),
  ]);
  const fresh = await BoardPage.open(browser, room, 'Dan');
  await allTheSame([fresh, ann]);
  for (const page of pages) expect((await page.status()).resets).toBe(0);
  await Promise.all([...pages, fresh].map((page) => page.close()));
});

test('edits that are unsaved when the page is loaded anew come back and reach the room', async ({ browser }) => {
  const server = await TestServer.start();
  const room = await TestRoom.create(server, { title: 'Reload' });
  const [ann, bob] = [
    await BoardPage.open(browser, room, 'Ann', 'messagepack'),
    await BoardPage.open(browser, room, 'Bob'),
  ];
  await ann.settled();
  await ann.write('saved ');
  await ann.settled();
  await server.kill();
  await ann.scribble('a', 30);
  await bob.write('bob ');
  expect((await ann.status()).unsaved).toBe(30);
  await ann.page.reload();
  await server.run();
  const content = await allTheSame([ann, bob]);
  expectAll(content, ['saved ', 'bob ', ...marks('a', 30)]);
  await Promise.all([ann.close(), bob.close()]);
  await server.stop();
});

test('kill -9 of the server while three pages write: nothing is missing, and all end with the same', async ({
  browser,
}) => {
  const server = await TestServer.start();
  const room = await TestRoom.create(server, { title: 'Killed' });
  const names = ['a', 'b', 'c'];
  const pages = await Promise.all(names.map((name) => BoardPage.open(browser, room, name)));
  await Promise.all(pages.map((page) => page.settled()));
  const writing = Promise.all(pages.map((page, i) => page.scribble(names[i]!, 300)));
  for (let times = 0; times < 2; times++) {
    const before = (await pages[0]!.content()).length;
    await expect.poll(async () => (await pages[0]!.content()).length).toBeGreaterThan(before);
    await server.kill();
    await server.run();
  }
  await writing;
  expectAll(
    await allTheSame(pages),
    names.flatMap((name) => marks(name, 300)),
  );
  await Promise.all(pages.map((page) => page.close()));
  await server.stop();
});

test('what is written off the record is nowhere in the browser, and gone from every page when it is thrown away', async ({
  browser,
  server,
}) => {
  const room = await TestRoom.create(server, { title: 'Off' });
  const facilitator = await HubPerson.connect(room, await room.enter('facilitator', 'Fay'));
  const [ann, bob] = [await BoardPage.open(browser, room, 'Ann'), await BoardPage.open(browser, room, 'Bob')];
  await ann.write('minuted ');
  await allTheSame([ann, bob]);
  await facilitator.must({ type: 'record.off' });
  await expect.poll(async () => (await room.state(facilitator.entry.token)).room.offRecord).toBe(true);
  await ann.write('canary ');
  await expect.poll(() => bob.content()).toContain('canary');
  await bob.page.reload();
  await expect.poll(() => bob.content()).toContain('canary');
  for (const page of [ann, bob]) {
    expect(await page.kept()).toContain('minuted');
    expect(await page.kept()).not.toContain('canary');
  }
  await facilitator.must({ type: 'record.on' });
  for (const page of [ann, bob]) {
    await expect.poll(() => page.content()).not.toContain('canary');
    expect((await page.status()).resets).toBe(1);
  }
  await ann.write('again ');
  expect(await allTheSame([ann, bob])).toContain('minuted again');
  await Promise.all([ann.close(), bob.close(), facilitator.leave()]);
});

for (const format of ['json', 'messagepack'] satisfies HubFormat[]) {
  test(`the board over ${format}: both ways, presence with who it is, and of a megabyte what was missed`, async ({
    server,
  }) => {
    const room = await TestRoom.create(server, { title: 'Formats' });
    const answers: number[] = [];
    let close = () => Promise.resolve();
    const open = async (name: string) => {
      const { token, participantId } = await room.enter('member', name);
      const connection = new RoomConnection({
        server: server.address,
        token,
        format,
        link: (options, listener) => {
          const link = signalRLink(options, listener);
          if (name === 'Ann') close = link.close;
          return {
            ...link,
            join: async (request) => {
              const answer = await link.join(request);
              if (name === 'Ann' && answer.board) answers.push(answer.board.length);
              return answer;
            },
          };
        },
      });
      const board = new RoomBoard(connection);
      connection.start();
      await expect.poll(() => board.status).toMatchObject({ synced: true, writable: true });
      return { connection, board, participantId, notes: () => board.doc.getText('notes') };
    };
    const [ann, bob] = [await open('Ann'), await open('Bob')];
    // A megabyte in parts: more than is taken at once, and than is taken in a second.
    for (let i = 0; i < 5; i++) ann.notes().insert(0, 'x'.repeat(200_000));
    await expect.poll(() => bob.notes().length).toBe(1_000_000);
    bob.notes().insert(0, 'bob');
    await expect.poll(() => ann.notes().toString().slice(0, 4)).toBe('bobx');
    ann.board.present({ card: 'a1' });
    await expect
      .poll(() => bob.board.awareness.getStates().get(ann.board.awareness.clientID))
      .toEqual({ card: 'a1', pid: ann.participantId });

    await close();
    await expect.poll(() => ann.connection.status.phase).toBe('reconnecting');
    bob.notes().insert(0, 'missed ');
    await expect.poll(() => bob.board.status.unsaved).toBe(0);
    ann.connection.wake();
    await expect.poll(() => ann.notes().toString().slice(0, 6)).toBe('missed');
    expect(answers.at(-1)).toBeLessThan(100);
    await expect
      .poll(() => bob.board.awareness.getStates().get(ann.board.awareness.clientID))
      .toEqual({ card: 'a1', pid: ann.participantId });
    for (const { board, connection } of [ann, bob]) {
      await board.destroy();
      await connection.leave();
    }
  });
}
