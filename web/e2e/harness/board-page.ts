import { RoomConnection, type HubFormat } from '@session-room/client';
import { RoomBoard, type BoardStatus } from '@session-room/client/board';
import { Map as YMap, Text } from 'yjs';

/** What a test asks of a page that has a board and nothing else. */
export interface BoardOnPage {
  write(text: string): void;
  /** Makes so many random edits, one after the other as fast as a very busy person; each leaves its mark in the notes. */
  scribble(name: string, count: number): Promise<void>;
  content(): string;
  status(): BoardStatus & { phase: string; resets: number };
  kept(): Promise<string>;
}

declare global {
  interface Window {
    board: BoardOnPage;
  }
}

const asked = new URLSearchParams(location.hash.slice(1));
const connection = new RoomConnection({
  token: asked.get('token') ?? '',
  format: asked.get('format') as HubFormat,
});
const board = new RoomBoard(connection);
let resets = 0;
board.subscribe({ reset: () => resets++ });
addEventListener('online', () => connection.wake());
connection.start();

const notes = () => board.doc.getText('notes');
const actions = () => board.doc.getMap<YMap<unknown>>('actions');
const random = (below: number) => Math.floor(Math.random() * below);

function addCard(id: string): void {
  const card = new YMap<unknown>();
  card.set('title', new Text(id));
  card.set('column', 'todo');
  actions().set(id, card);
}

function editCard(word: string): void {
  const cards = [...actions().values()];
  const card = cards[random(cards.length)];
  const title = card?.get('title');
  if (title instanceof Text) title.insert(random(title.length + 1), word);
  card?.set('column', ['todo', 'doing', 'done'][random(3)]);
}

window.board = {
  write: (text) => notes().insert(notes().length, text),
  async scribble(name, count) {
    for (let i = 0; i < count; i++) {
      const mark = `<${name}${i}>`;
      board.doc.transact(() => {
        notes().insert(random(3) === 0 ? 0 : notes().length, mark);
        if (random(5) === 0) addCard(`${name}-${i}`);
        else if (random(9) === 0) actions().delete([...actions().keys()][random(actions().size)] ?? '');
        else editCard(name);
      });
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  },
  content: () => {
    // A map's order is that in which a replica heard of its keys, and no content.
    const cards = Object.entries(actions().toJSON()).sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify([cards, notes().toJSON()]);
  },
  status: () => ({ ...board.status, phase: connection.status.phase, resets }),
  async kept() {
    const [{ name = '' } = {}] = await indexedDB.databases();
    const opening = indexedDB.open(name);
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const reading = opening.result.transaction('board').objectStore('board').getAll();
    await new Promise((resolve) => (reading.onsuccess = resolve));
    opening.result.close();
    return (reading.result as Uint8Array[]).map((bytes) => new TextDecoder().decode(bytes)).join('\n');
  },
};
