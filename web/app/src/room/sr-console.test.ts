import { button, mount, room, text } from '@session-room/element/testing/room.ts';
import { beforeEach, expect, test } from 'vitest';
import './facilitation.js';
import type { SrConsoleElement } from './sr-console.component.js';

const make = () => document.createElement('sr-console') as SrConsoleElement;

async function opened(state = room()) {
  const mounted = await mount(make(), { state, you: 'fay', manage: true });
  button(mounted.part, 'More').click();
  await mounted.part.updateComplete;
  return mounted;
}

beforeEach(() => localStorage.clear());

test('a note-taker has the timer and nothing else', async () => {
  const { part, orders } = await mount(make(), { state: room(), you: 'ann' });
  expect(text(part)).toBe('Start 1 min Start 2 min Start 5 min Start 10 min');
  button(part, 'Start 5 min').click();
  part.state = room({ timer: { status: 'running', endsAt: 0 } });
  await part.updateComplete;
  for (const name of ['Pause', '+1 min', 'Stop']) button(part, name).click();
  expect(orders).toEqual([
    { type: 'timer.start', durationMs: 300_000 },
    { type: 'timer.pause' },
    { type: 'timer.extend', byMs: 60_000 },
    { type: 'timer.stop' },
  ]);
});

test('the facilitator switches between open and moderated hands', async () => {
  const { part, orders } = await opened();
  const select = part.shadowRoot!.querySelector<HTMLSelectElement>('[aria-label="Raised hands"]')!;
  select.value = 'moderated';
  select.dispatchEvent(new Event('change'));
  expect(orders).toEqual([{ type: 'queue.policy', mode: 'moderated' }]);
});

test('a new seat is the facilitator’s own, or a screen’s where there is one', async () => {
  const alone = await opened();
  expect(alone.part.shadowRoot!.querySelector('[name=device]')).toBeNull();
  const state = room();
  state.people['wall'] = { name: 'Projector', role: 'projector' };
  const { part, orders } = await opened(state);
  const form = part.shadowRoot!.querySelector('form')!;
  const add = (name: string, device: string) => {
    form.querySelector('input')!.value = name;
    form.querySelector('select')!.value = device;
    form.dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
  };
  add(' Chair ', 'wall');
  add('Mine', '');
  expect(orders).toEqual([
    { type: 'people.seat', name: 'Chair', device: 'wall' },
    { type: 'people.seat', name: 'Mine' },
  ]);
});

test('the record is offered in four formats', async () => {
  const { part } = await opened();
  const formats: unknown[] = [];
  part.addEventListener('sr-export', (event) => formats.push((event as CustomEvent).detail));
  const offer = part.shadowRoot!.querySelector('sr-export')!;
  for (const each of offer.shadowRoot!.querySelectorAll('button')) each.click();
  expect(formats).toEqual(['md', 'json', 'csv', 'ics']);
});
