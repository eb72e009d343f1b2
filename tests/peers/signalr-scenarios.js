// What the official client and the hub of the .NET tests say to each other. Runs in Node and in a browser alike.
// Every scenario checks its answer and returns it; the answers of all peers and protocols must be equal.
import { drain, failure, megabyte, same, valuesOf, within } from './signalr-values.js';

const person = { name: 'Žofie', role: 'noteTaker', online: true, hand: { intent: 'topic', at: 1700000000000 }, turns: 0, tags: ['a', 'b'] };

const scenarios = {
  async 'invocation and completion'({ hub }) {
    return [same(await hub.invoke('Add', 40, 2), 42), same(await hub.invoke('Nothing'), null), same(await hub.invoke('add', -7, 3), -4)];
  },

  async 'fire and forget'({ hub }) {
    const heard = new Promise((resolve) => hub.on('heard', (...args) => resolve(args)));
    await hub.send('Whisper', 'psst', 3);
    return same(await within(10, heard, 'the whisper'), ['psst', 3, null]);
  },

  async 'many calls at once'({ hub }) {
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => hub.invoke('Add', i, i)));
    return same(answers, Array.from({ length: 200 }, (_, i) => 2 * i));
  },

  async 'errors are answers'({ hub }) {
    return [
      same(await failure(hub.invoke('Throw')), "An unexpected error occurred invoking 'Throw' on the server."),
      same(await failure(hub.invoke('Refuse', 'why')), "An unexpected error occurred invoking 'Refuse' on the server. HubException: why"),
      same(await failure(hub.invoke('Missing')), "Failed to invoke 'Missing' due to an error on the server. HubException: Method does not exist."),
      same(await failure(hub.invoke('Add', 'x', {})), "Failed to invoke 'Add' due to an error on the server."),
      same(await failure(hub.invoke('Add', 1)), "Failed to invoke 'Add' due to an error on the server."),
      same(await failure(hub.invoke('Person', { name: 'no role' })), "Failed to invoke 'Person' due to an error on the server."),
      same(await hub.invoke('Add', 1, 1), 2),
    ];
  },

  async 'every value type'({ hub, values }) {
    const sent = {
      yes: true, no: false, int: -123456, long: 9007199254740991, low: -9007199254740991, small: 200, real: 0.1, single: 0.5, whole: 3,
      exact: 12.25, text: 'žluťoučký 🐎 \n"\\', empty: '', letter: 'x', id: '6f9619ff-8b86-d011-b42d-00cf4fc964ff', role: 'facilitator',
      list: [1, 2, 70000], nested: [[1], []], map: { a: 1, 'x y': -1 }, byNumber: { 7: 'seven' }, maybe: 5,
      span: '00:01:30', bytes: values.bytes(Uint8Array.of(0, 1, 254, 255)), memory: values.bytes(Uint8Array.of(7)),
      time: values.time(new Date(1700000000123)), person, any: { free: [1, 'two', null, 2.5] },
      event: { type: 'moved', by: 'ann', from: 1, to: 2 },
    };
    const back = await hub.invoke('Values', { ...sent, nothing: null, missing: undefined });
    back.bytes = same(values.hexOf(back.bytes), '0001feff');
    back.memory = same(values.hexOf(back.memory), '07');
    back.time = same(values.untime(back.time), '2023-11-14T22:13:20.123Z');
    return same(back, { ...sent, bytes: '0001feff', memory: '07', time: '2023-11-14T22:13:20.123Z' });
  },

  async 'values without a contract'({ hub }) {
    const free = { id: 'c1', type: 'timer.start', durationMs: 300000, deep: [{ x: [[], {}, null, true, 1.5, -1, 'AQID'] }] };
    const patched = { ...free, seen: true };
    return [
      same(await hub.invoke('Element', free), free),
      same(await hub.invoke('Element', 5), 5),
      same(await hub.invoke('Element', null), null),
      same(await hub.invoke('Node', free), patched),
      same(await hub.invoke('Any', [free, 'x']), [free, 'x']),
    ];
  },

  async 'contracts by name'({ hub }) {
    return [same(await hub.invoke('Person', { ROLE: 'noteTaker', ...person }), person)];
  },

  async 'a megabyte each way'({ hub, values }) {
    const bytes = megabyte();
    const back = values.unbytes(await hub.invoke('Reverse', values.bytes(bytes)));
    const text = 'ř'.repeat(500000);
    const whole = await hub.invoke('Shout', text);
    let wrong = 0;
    for (let i = 0; i < bytes.length; i++) wrong += back[back.length - 1 - i] === bytes[i] ? 0 : 1;
    return [same([back.length, wrong], [1024 * 1024, 0]), same([whole.length, whole === text + '!'], [500001, true])];
  },

  async 'a stream from the server'({ hub }) {
    return [
      same(await drain(hub.stream('Count', 5)), [0, 1, 2, 3, 4]),
      same((await drain(hub.stream('People', 2))).map((each) => each.name), ['Žofie 0', 'Žofie 1']),
      same(await drain(hub.stream('CountAndFail', 2)), [0, 1, "error: An error occurred on the server while streaming results. HubException: enough"]),
      same(await drain(hub.stream('Count', 'x')), ["error: Failed to invoke 'Count' due to an error on the server."]),
      same((await drain(hub.stream('Count', 2000))).length, 2000),
    ];
  },

  async 'a stream is cancelled'({ hub }) {
    const name = `endless-${Math.random()}`;
    await within(10, new Promise((resolve) => {
      let seen = 0;
      const running = hub.stream('Endless', name).subscribe({
        next: () => (++seen === 3 ? (running.dispose(), resolve()) : undefined),
        error: () => {},
        complete: () => {},
      });
    }), 'the third item');
    return same(await within(10, hub.invoke('WasCancelled', name), 'the cancellation'), true);
  },

  async 'a stream to the server'({ hub, signalR, values }) {
    const numbers = new signalR.Subject();
    const sum = hub.invoke('Sum', 100, numbers);
    for (let i = 1; i <= 50; i++) numbers.next(i);
    numbers.complete();
    const chunks = new signalR.Subject();
    const size = hub.invoke('Size', chunks);
    for (let i = 0; i < 4; i++) chunks.next(values.bytes(new Uint8Array(1000)));
    chunks.complete();
    const broken = new signalR.Subject();
    const heard = hub.invoke('EndOf', broken);
    broken.next(1);
    broken.error('out of numbers');
    return [same(await sum, 1375), same(await size, 4000), same(await heard, 'out of numbers')];
  },

  async 'streams both ways at once'({ hub, signalR }) {
    const numbers = new signalR.Subject();
    const doubled = drain(hub.stream('Double', numbers), (item) => (item < 20 ? numbers.next(item / 2 + 1) : numbers.complete()));
    numbers.next(1);
    return same(await within(10, doubled, 'the ping-pong'), [2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
  },

  async 'a bad item ends its stream and nothing else'({ hub, signalR }) {
    const numbers = new signalR.Subject();
    const heard = hub.invoke('EndOf', numbers);
    numbers.next(1);
    numbers.next({ not: 'a number' });
    return [same(await within(10, heard, 'the end'), 'Failed to bind Stream message.'), same(await hub.invoke('Add', 1, 1), 2)];
  },

  async 'the server asks the client'({ hub }) {
    hub.on('ask', (question) => `${question}? 42`);
    hub.on('who', async () => person);
    hub.on('fail', () => {
      throw new Error('not me');
    });
    return [
      same(await hub.invoke('Ask', 'why'), 'why? 42'),
      same(await hub.invoke('Who'), person),
      same(await hub.invoke('AskFails', 'fail'), 'HubException: Error: not me'),
      same((await hub.invoke('AskFails', 'ask')).startsWith('HubException: '), true),
      same(await hub.invoke('AskFails', 'nobody'), "HubException: Client didn't provide a result."),
    ];
  },

  async 'a broadcast reaches everyone'({ connect }) {
    const others = await Promise.all([connect(), connect(), connect()]);
    const heard = others.map((each) => new Promise((resolve) => each.hub.on('patch', resolve)));
    const patch = { seq: 7, at: 1700000000000, events: [{ type: 'raised', by: 'ann', intent: 'order' }], patch: { people: { ann: { hand: null } } } };
    await others[0].hub.invoke('Broadcast', patch);
    const all = await within(10, Promise.all(heard), 'the broadcast');
    await Promise.all(others.map((each) => each.hub.stop()));
    return all.map((each) => same(each, patch));
  },

  async 'pings keep a quiet connection'({ connect }) {
    const quiet = await connect({ quick: true });
    // The server's patience with this client is 4 s: ten pings of half a second outlast it.
    await within(20, quiet.pings(10), 'ten pings');
    const answer = await quiet.hub.invoke('Add', 2, 2);
    await quiet.hub.stop();
    return same(answer, 4);
  },

  async 'the server closes'({ connect }) {
    const aborted = await connect();
    const closed = new Promise((resolve) => aborted.hub.onclose((error) => resolve(error?.message ?? 'no error')));
    await aborted.hub.send('CloseMe');
    return same(await within(10, closed, 'the close'), 'no error');
  },

  async 'too large a message closes with a reason'({ connect, values }) {
    const large = await connect();
    const closed = new Promise((resolve) => large.hub.onclose((error) => resolve(error.message)));
    large.hub.send('Reverse', values.bytes(new Uint8Array(5 * 1024 * 1024))).catch(() => {});
    return same(await within(20, closed, 'the close'), 'Server returned an error on close: Connection closed with an error.');
  },

  async 'the client closes'({ connect }) {
    const leaving = await connect();
    const id = leaving.hub.connectionId;
    await leaving.hub.stop();
    const witness = await connect();
    const gone = await within(10, witness.hub.invoke('HasLeft', id), 'the leaving');
    await witness.hub.stop();
    return same(gone, true);
  },

  async 'a cut socket loses nothing'({ connect, signalR }) {
    const { hub } = await connect({ stateful: true });
    const late = [];
    let reconnecting = 0;
    hub.on('late', (text) => late.push(text));
    hub.onreconnecting(() => reconnecting++);
    const id = hub.connectionId;
    const numbers = new signalR.Subject();
    const end = hub.invoke('EndOf', numbers);
    numbers.next('x');
    const answers = [await within(10, end, 'the bad item')];
    for (let round = 0; round < 3; round++) {
      const cut = hub.invoke('Cut', `late ${round}`);
      const beside = hub.invoke('Add', round, 1);
      answers.push(await within(20, cut, 'the answer over the cut'), await within(20, beside, 'the call over the cut'));
    }
    answers.push(await drain(hub.stream('Count', 3)));
    same(hub.connectionId, id);
    await hub.stop();
    return same([answers, late, reconnecting], [
      ['Failed to bind Stream message.', 'late 0', 1, 'late 1', 2, 'late 2', 3, [0, 1, 2]],
      ['late 0', 'late 1', 'late 2'],
      0,
    ]);
  },
};

// The framework's JSON protocol hides a bad item from the count of messages that stateful reconnect keeps, so that the last
// message before a cut is done twice. This one shows it, and it is not asked of JSON.
const binaryScenarios = {
  async 'a bad item keeps the count of messages'({ connect, signalR }) {
    const { hub, acked } = await connect({ stateful: true });
    const name = `tally-${Math.random()}`;
    const numbers = new signalR.Subject();
    const end = hub.invoke('EndOf', numbers);
    numbers.next('x');
    const answers = [await within(10, end, 'the bad item'), await hub.invoke('Tally', 'other')];
    await within(10, acked(2), 'the acknowledgement');
    // What is sent again after the cut is the call that cut: counted wrongly, it would be done again.
    await within(20, hub.invoke('Cut', name), 'the answer over the cut');
    answers.push(await within(20, hub.invoke('Tally', name), 'the call after the cut'));
    await hub.stop();
    return same([answers[0], answers[2]], ['Failed to bind Stream message.', 2]);
  },
};

/** Lets a scenario wait for what a protocol reads and the client does not tell. */
function listen(protocol) {
  let [pings, acknowledged, waiting] = [0, 0, []];
  const parse = protocol.parseMessages.bind(protocol);
  protocol.parseMessages = (...args) => {
    const messages = parse(...args);
    pings += messages.filter((message) => message.type === 6).length;
    acknowledged = Math.max(acknowledged, ...messages.filter((message) => message.type === 8).map((message) => message.sequenceId));
    waiting = waiting.filter(({ isOver, resolve }) => (isOver() ? (resolve(), false) : true));
    return messages;
  };
  const until = (isOver) => new Promise((resolve) => (isOver() ? resolve() : waiting.push({ isOver, resolve })));
  return {
    pings: (more) => {
      const enough = pings + more;
      return until(() => pings >= enough);
    },
    acked: (sequenceId) => until(() => acknowledged >= sequenceId),
  };
}

/** @returns {Promise<Record<string, {answer?: unknown, error?: string}>>} by scenario */
export async function run({ signalR, MessagePackHubProtocol, url, protocol }) {
  const values = valuesOf(protocol);
  const connect = async ({ stateful = false, quick = false } = {}) => {
    const spoken = protocol === 'messagepack' ? new MessagePackHubProtocol() : new signalR.JsonHubProtocol();
    const heard = listen(spoken);
    const builder = new signalR.HubConnectionBuilder()
      .withUrl(`${url}/${quick ? 'quick' : 'hub'}`, { transport: signalR.HttpTransportType.WebSockets })
      .withHubProtocol(spoken)
      .configureLogging(signalR.LogLevel.None);
    if (stateful) builder.withStatefulReconnect({ bufferSize: 1000000 });
    if (quick) builder.withKeepAliveInterval(250);
    const hub = builder.build();
    await hub.start();
    return { hub, ...heard, values, signalR, connect };
  };

  const results = {};
  const shared = await connect();
  for (const [name, scenario] of Object.entries(values.binary ? { ...scenarios, ...binaryScenarios } : scenarios)) {
    try {
      results[name] = { answer: await within(60, scenario(shared), 'the scenario') };
    } catch (error) {
      results[name] = { error: String(error.stack ?? error) };
    }
  }
  await shared.hub.stop();
  return results;
}
