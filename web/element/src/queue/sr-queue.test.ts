import { expect, test } from 'vitest';
import { button, entry, mount, room, T, text } from '../testing/room.js';
import './sr-queue.js';

const entries = [entry('e1', 'fay', 'question'), entry('e2', 'ann'), entry('e3', 'bob', 'topic', 2, 150_000)];
const state = room({ queue: { open: true, entries } });
const make = () => document.createElement('sr-queue');

test('the queue is an ordered list under a heading', async () => {
  const { part } = await mount(make(), { state });
  expect(text(part, 'h2')).toBe('Speaking queue');
  expect(part.shadowRoot?.querySelectorAll('ol > li')).toHaveLength(3);
});

test('each place says in words why it is there', async () => {
  const { part } = await mount(make(), { state, you: 'bob' });
  const why = [...part.shadowRoot!.querySelectorAll('.why')].map((each) => each.textContent?.trim());
  expect(why).toEqual([
    'Clarifying questions go before replies · Has not spoken yet',
    'Has not spoken yet',
    'You spoke 2 times, 3 min in all',
  ]);
});

test('a member can take back and postpone their own place, and touch nobody else’s', async () => {
  const { part, orders } = await mount(make(), { state, you: 'ann' });
  expect(part.shadowRoot?.querySelectorAll('button')).toHaveLength(2);
  button(part, 'Move Ann later').click();
  button(part, 'Take Ann out').click();
  expect(orders).toEqual([
    { type: 'queue.move', entryId: 'e2', afterId: 'e3' },
    { type: 'queue.remove', entryId: 'e2' },
  ]);
});

test('a facilitator moves anyone: one place up is after the one before the last, or the front', async () => {
  const { part, orders } = await mount(make(), { state, you: 'fay', manage: true });
  button(part, 'Move Bob earlier').click();
  button(part, 'Move Ann earlier').click();
  expect(orders).toEqual([
    { type: 'queue.move', entryId: 'e3', afterId: 'e1' },
    { type: 'queue.move', entryId: 'e2', afterId: undefined },
  ]);
});

test('hands that wait to be admitted are listed apart, and only a facilitator can admit', async () => {
  const moderated = room();
  moderated.people['ann'] = { ...moderated.people['ann']!, hand: { intent: 'reply', at: T } };
  const { part } = await mount(make(), { state: moderated, you: 'bob' });
  expect(text(part, 'h3')).toBe('Hands up, not yet admitted');
  expect(part.shadowRoot?.querySelector('button')).toBeNull();
  const managed = await mount(make(), { state: moderated, you: 'fay', manage: true });
  button(managed.part, 'Admit Ann').click();
  expect(managed.orders).toEqual([{ type: 'queue.admit', pid: 'ann' }]);
});

test('a screen shows the next three and nothing to press', async () => {
  const { part } = await mount(make(), { state, manage: true, still: true, limit: 2 });
  expect(part.shadowRoot?.querySelectorAll('li')).toHaveLength(2);
  expect(part.shadowRoot?.querySelector('button')).toBeNull();
});

test('a hostile name is text', async () => {
  const hostile = room({ queue: { open: true, entries: [entry('e1', 'ann')] } });
  hostile.people['ann'] = { ...hostile.people['ann']!, name: '<img src=x onerror=alert(1)>' };
  const { part } = await mount(make(), { state: hostile });
  expect(text(part, '.name')).toBe('<img src=x onerror=alert(1)>');
  expect(part.shadowRoot?.querySelector('img')).toBeNull();
});
