// An outside program at the board: the official SignalR client and Yjs, by the protocol's page alone.
// Arguments: the server's address, the room, the hub protocol, and the tokens of a facilitator and of a member. Prints what it saw as JSON.
import { isDeepStrictEqual } from 'node:util';
import * as signalR from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';

const [address, , protocol, facilitatorToken, memberToken] = process.argv.slice(2);
const outgoing = (bytes) => (protocol === 'json' ? Buffer.from(bytes).toString('base64') : bytes);
const incoming = (bytes) => (protocol === 'json' ? Buffer.from(bytes, 'base64') : bytes);

class Peer {
  constructor(token) {
    this.begin();
    this.frames = [];
    this.hub = new signalR.HubConnectionBuilder()
      .withUrl(`${address}/hubs/room`, { accessTokenFactory: () => token, transport: signalR.HttpTransportType.WebSockets })
      .withHubProtocol(protocol === 'json' ? new signalR.JsonHubProtocol() : new MessagePackHubProtocol())
      .configureLogging(signalR.LogLevel.None)
      .build();
    this.hub.on('patch', () => this.heard());
    this.hub.on('board', ({ n, update }) => {
      this.frames.push(n);
      Y.applyUpdate(this.doc, incoming(update), 'room');
      this.heard();
    });
    this.hub.on('aware', (bytes) => {
      applyAwarenessUpdate(this.awareness, incoming(bytes), 'room');
      this.heard();
    });
    this.hub.on('resync', (message) => {
      this.resynced = message;
      this.heard();
    });
  }

  heard = () => {};

  begin() {
    this.awareness?.destroy();
    this.doc = new Y.Doc();
    this.awareness = new Awareness(this.doc);
    this.edits = [];
    this.doc.on('update', (update, origin) => origin !== 'room' && this.edits.push(update));
  }

  async join(request = {}) {
    const answer = await this.hub.invoke('Join', request);
    if (answer.board) Y.applyUpdate(this.doc, incoming(answer.board), 'room');
    return answer;
  }

  rejoin() {
    return this.join({ board: outgoing(Y.encodeStateVector(this.doc)) });
  }

  async push() {
    const update = Y.mergeUpdates(this.edits.splice(0));
    return this.hub.invoke('Push', outgoing(update));
  }

  /** Waits for frames until it is so. */
  until(reached) {
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => reject(new Error(`never: ${reached}`)), 20_000);
      this.heard = () => {
        if (!reached()) return;
        clearTimeout(deadline);
        this.heard = () => {};
        resolve();
      };
      this.heard();
    });
  }
}

const [fay, mel] = [new Peer(facilitatorToken), new Peer(memberToken)];
await Promise.all([fay.hub.start(), mel.hub.start()]);
const joined = await fay.join();
await mel.join();
const seen = { epoch: joined.epoch, empty: [...incoming(joined.board)], missing: [...incoming(joined.missing)] };

// Both edit at once, cards and text.
const card = new Y.Map();
card.set('title', new Y.Text('Call the supplier'));
card.set('column', 'todo');
card.set('due', '2026-12-01');
fay.doc.getMap('actions').set('a1', card);
mel.doc.getText('notes').insert(0, 'Grüße 🙂');
seen.pushed = (await Promise.all([fay.push(), mel.push()])).map(({ ok }) => ok);
const same = () => isDeepStrictEqual(fay.doc.toJSON(), mel.doc.toJSON());
await fay.until(() => fay.doc.getText('notes').length > 0);
await mel.until(() => mel.doc.getMap('actions').has('a1') && same());

// One is away and both go on; the difference goes both ways by state vectors.
await mel.hub.stop();
mel.doc.getMap('actions').get('a1').get('title').insert(0, 'Tomorrow: ');
fay.doc.getText('notes').insert(0, 'Agreed. ');
fay.doc.getMap('actions').get('a1').set('owner', 'mel');
await fay.push();
await mel.hub.start();
const back = await mel.rejoin();
mel.edits = [Y.encodeStateAsUpdate(mel.doc, incoming(back.missing))];
seen.back = { board: incoming(back.board).length, ok: (await mel.push()).ok };
await fay.until(() => fay.doc.getMap('actions').get('a1').get('title').toString().startsWith('Tomorrow'));
seen.same = same();
seen.title = fay.doc.getMap('actions').get('a1').get('title').toString();

// Who is where.
mel.awareness.setLocalState({ card: 'a1' });
await mel.hub.invoke('Aware', outgoing(encodeAwarenessUpdate(mel.awareness, [mel.doc.clientID])));
await fay.until(() => fay.awareness.getStates().has(mel.doc.clientID));
seen.aware = fay.awareness.getStates().get(mel.doc.clientID);

// Off the record, and what becomes of it.
await fay.hub.invoke('Do', { id: 'off', type: 'record.off' });
fay.doc.getText('notes').insert(0, 'Between us. ');
await fay.push();
await mel.until(() => mel.doc.getText('notes').toString().startsWith('Between us'));
await fay.hub.invoke('Do', { id: 'on', type: 'record.on' });
await fay.until(() => fay.resynced);
fay.doc.getText('notes').insert(0, 'Too late. ');
seen.late = (await fay.push()).error?.code;
fay.begin();
Y.applyUpdate(fay.doc, incoming(fay.resynced.board), 'room');
seen.boardEpoch = fay.resynced.state.room.boardEpoch;
seen.notes = fay.doc.getText('notes').toString();
seen.frames = fay.frames;

process.stdout.write(JSON.stringify(seen));
process.exit(0);
