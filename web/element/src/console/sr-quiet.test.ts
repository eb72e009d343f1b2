import { button, floor, mount, person, room, T, text } from '../testing/room.js';
import { expect, test } from 'vitest';
import './facilitation.js';
import type { SrQuietElement } from './sr-quiet.component.js';

const make = () => document.createElement('sr-quiet') as SrQuietElement;

test('who is here and has not spoken can be asked, each with one press', async () => {
  const state = room();
  state.people['cleo'] = person('Cleo', 'guest', { hand: { intent: 'topic', at: T } });
  state.people['dan'] = person('Dan', 'member', { invitedAt: T });
  state.people['gone'] = person('Gone', 'member', { online: false });
  state.people['wall'] = person('Wall', 'projector');
  state.people['chair'] = person('Chair', 'member', { online: false, seatOf: 'fay' });
  const { part, orders } = await mount(make(), { state });
  const rows = [...part.shadowRoot!.querySelectorAll('li')].map((li) => li.textContent?.replace(/\s+/g, ' ').trim());
  expect(rows).toEqual(['Ann Ask to speak', 'Chair Raise hand', 'Cleo hand up', 'Dan asked']);
  button(part, 'Ask to speak: Ann').click();
  button(part, 'Raise hand: Chair').click();
  expect(orders).toEqual([
    { type: 'queue.invite', pid: 'ann' },
    { type: 'hand.raise', pid: 'chair' },
  ]);
  expect(part.focusFirst()).toBe(true);
});

test('when everybody has spoken it says so', async () => {
  const state = room({ floor: floor({ pid: 'ann' }) });
  const { part } = await mount(make(), { state });
  expect(text(part)).toBe('Everybody who is here has spoken.');
  expect(part.focusFirst()).toBe(false);
});
