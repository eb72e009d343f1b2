import { mount, room, T, text } from '../testing/room.js';
import '@session-room/element/parts.ts';
import { beforeEach, expect, test } from 'vitest';
import { SrMemberElement } from './sr-member.component.js';
import './sr-signals.js';

customElements.define('sr-member', SrMemberElement);
const make = () => document.createElement('sr-member') as SrMemberElement;
const space = (more: KeyboardEventInit = {}) =>
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true, composed: true, ...more }));

beforeEach(() => localStorage.clear());

const signals = (part: SrMemberElement) => part.shadowRoot!.querySelector('sr-signals')!.shadowRoot!;

test('the space bar raises the hand until it is switched off, and that is remembered', async () => {
  const { part, orders } = await mount(make(), { state: room(), you: 'ann' });
  space();
  space({ shiftKey: true });
  expect(orders).toEqual([{ type: 'hand.raise', intent: 'topic' }]);
  signals(part).querySelector<HTMLInputElement>('.key input')!.click();
  space();
  expect(orders).toHaveLength(1);

  const again = await mount(make(), { state: room(), you: 'ann' });
  space();
  expect(again.orders).toEqual([]);
  signals(again.part).querySelector<HTMLInputElement>('.key input')!.click();
  space();
  expect(again.orders).toHaveLength(1);
});

test('the sound is off until it is switched on', async () => {
  const { part } = await mount(make(), { state: room(), you: 'ann' });
  const [, sound] = signals(part).querySelectorAll('input');
  expect(signals(part).textContent).toContain('Sound when I am next');
  expect(sound!.checked).toBe(false);
});

test('a note-taker gets the console’s timer, a member none', async () => {
  const { part } = await mount(make(), { state: room(), you: 'ann' });
  expect(part.shadowRoot!.querySelector('sr-console')).toBeNull();
  const state = room();
  state.people['ann']!.role = 'noteTaker';
  part.state = state;
  await part.updateComplete;
  expect(part.shadowRoot!.querySelector('sr-console')?.hasAttribute('manage')).toBe(false);
});

test.each([
  ['facilitator', true],
  ['noteTaker', true],
  ['member', false],
] as const)('after the end a %s is offered the record: %s', async (role, offered) => {
  const state = room();
  state.room = { ...state.room, stage: 'ended', endedAt: T };
  state.people['ann']!.role = role;
  const { part } = await mount(make(), { state, you: 'ann', manage: role === 'facilitator' });
  expect(text(part)).toContain('This session ended at');
  expect(part.shadowRoot!.querySelector('sr-export') !== null).toBe(offered);
});

test.each([
  ['member', true],
  ['observer', false],
] as const)('a %s is offered the hand’s key and its sound: %s', async (role, offered) => {
  const state = room();
  state.people['ann']!.role = role;
  const { part } = await mount(make(), { state, you: 'ann' });
  expect(part.shadowRoot!.querySelector('sr-signals') !== null).toBe(offered);
});

test.each([
  [true, ['banner', 'main'], null],
  [false, [], '2'],
] as const)(
  'on a page of its own (%s) the landmarks are %j and the title’s level is given as %s',
  async (page, roles, level) => {
    const { part } = await mount(make(), { state: room(), you: 'ann', page });
    const landmarks = part.shadowRoot!.querySelectorAll('[role=banner], [role=main], main, header, footer');
    expect([...landmarks].map((each) => each.getAttribute('role'))).toEqual(roles);
    expect(part.shadowRoot!.querySelector('h1')!.getAttribute('aria-level')).toBe(level);
  },
);
