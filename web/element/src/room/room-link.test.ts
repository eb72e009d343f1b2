import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ToldConnection } from '../testing/connection.js';
import { room } from '../testing/room.js';

vi.mock('@session-room/client', async (original) => ({
  ...(await original<object>()),
  RoomConnection: ToldConnection,
}));
vi.mock('./board.js', async () => {
  const { TestBoard } = await import('../testing/board.js');
  return { openBoard: () => Object.assign(new TestBoard('ann'), { destroy: () => Promise.resolve() }) };
});

await import('./session-room.js');
await import('./small-views.js');

async function page(markup: string) {
  document.body.innerHTML = markup;
  const element = document.querySelector('session-room')!;
  await element.updateComplete;
  ToldConnection.last.say({ state: room() });
  await element.updateComplete;
  return element;
}

const hands = () => document.querySelector('sr-hands')!;

beforeEach(() => void (ToldConnection.all.length = 0));
afterEach(() => document.body.replaceChildren());

test('a part inside a room, or one that names it, shows that room', async () => {
  await page(`<sr-timer for="a"></sr-timer>
    <session-room id="a" view="none" token="t1"><p><sr-hands></sr-hands></p></session-room>
    <sr-queue></sr-queue>`);
  expect(document.querySelector('sr-timer')!.state?.room.title).toBe('Review');
  expect([hands().state?.room.title, hands().you, hands().manage]).toEqual(['Review', 'ann', false]);
  expect(document.querySelector('sr-queue')!.state).toBeUndefined();
});

test('what a person asks such a part for is the room’s to tell and to send', async () => {
  const element = await page('<session-room view="none" token="t1"><sr-hands></sr-hands></session-room>');
  const heard: string[] = [];
  document.body.addEventListener('sr-command', ({ target }) => heard.push((target as Element).localName));
  hands().toggle();
  expect(heard).toEqual(['session-room']);
  expect(ToldConnection.last.asked).toEqual([{ type: 'hand.raise', intent: 'topic' }]);
  hands().addEventListener('sr-command', (event) => event.preventDefault(), { once: true });
  hands().toggle();
  element.addEventListener('sr-command', (event) => event.preventDefault(), { once: true });
  hands().toggle();
  expect(ToldConnection.last.asked).toHaveLength(1);
});

test('a part that is taken out shows nothing, and elsewhere the room that is there', async () => {
  await page('<session-room view="none" token="t1"><sr-hands></sr-hands></session-room><div></div>');
  const part = hands();
  document.querySelector('div')!.append(part);
  expect(part.state).toBeUndefined();
  const element = document.querySelector('session-room')!;
  element.append(part);
  await element.updateComplete;
  expect(part.state?.room.title).toBe('Review');
});

test('a part that was there before its room finds it when it comes', async () => {
  document.body.innerHTML = '<sr-hands for="late"></sr-hands>';
  const element = Object.assign(document.createElement('session-room'), { id: 'late', token: 't1', view: 'none' });
  document.body.append(element);
  await element.updateComplete;
  ToldConnection.last.say({ state: room() });
  await element.updateComplete;
  expect(hands().state?.room.title).toBe('Review');
});

test('a part with a state of its own is its host’s alone', async () => {
  document.body.innerHTML = '<session-room view="none" token="t1"></session-room>';
  const element = document.querySelector('session-room')!;
  const part = Object.assign(document.createElement('sr-hands'), { state: room(), you: 'bob' });
  element.append(part);
  await element.updateComplete;
  ToldConnection.last.say({ state: room({ floor: { pid: 'bob', held: [] } }) });
  await element.updateComplete;
  expect([part.you, part.state.floor?.pid]).toEqual(['bob', undefined]);
});

test('the space bar is the hand’s inside the element only, and on the whole of a page that is nothing else', async () => {
  const element = await page('<session-room view="compact" token="t1"></session-room><p></p>');
  await vi.waitFor(() => expect(element.shadowRoot!.querySelector('sr-compact')).not.toBeNull());
  const press = async (where: Element) => {
    await element.shadowRoot!.querySelector('sr-compact')!.updateComplete;
    const key = new KeyboardEvent('keydown', { key: ' ', bubbles: true, composed: true, cancelable: true });
    where.dispatchEvent(key);
    return key.defaultPrevented;
  };
  expect(await press(document.querySelector('p')!)).toBe(false);
  expect(await press(element)).toBe(true);
  element.keys = 'page';
  await element.updateComplete;
  expect(await press(document.querySelector('p')!)).toBe(true);
  await element.updateComplete;
  expect(ToldConnection.last.asked).toHaveLength(2);
});
