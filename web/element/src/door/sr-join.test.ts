import { beforeEach, expect, test } from 'vitest';
import '../room/session-room.js';
import type { SrJoinElement } from './sr-join.component.js';

beforeEach(() => localStorage.clear());

async function door(invitation?: SrJoinElement['invitation']) {
  const part = document.createElement('sr-join') as SrJoinElement;
  Object.assign(part, { name: 'Ann', invitation });
  const entered: unknown[] = [];
  part.addEventListener('sr-enter', (event) => entered.push((event as CustomEvent).detail));
  document.body.replaceChildren(part);
  await part.updateComplete;
  const root = part.shadowRoot!;
  return { part, root, entered, send: () => root.querySelector('form')!.requestSubmit() };
}

const gated = { title: 'Weekly', agreement: { version: 3, text: 'Be kind.' } };

test('a room without an agreement asks for a name and a place', async () => {
  const { root, entered, send } = await door({ title: 'Weekly' });
  expect(root.querySelector('[name=agreed]')).toBeNull();
  send();
  expect(entered).toEqual([{ name: 'Ann', place: 'remote', agreed: undefined }]);
});

test('one with an agreement shows it, and whoever accepts says which version', async () => {
  const { root, entered, send } = await door(gated);
  expect(root.querySelector('[role=region]')?.textContent).toBe('Be kind.');
  expect(root.querySelector<HTMLInputElement>('[name=agreed]')?.required).toBe(true);
  root.querySelector<HTMLInputElement>('[name=agreed]')!.checked = true;
  send();
  expect(entered).toEqual([{ name: 'Ann', place: 'remote', agreed: 3 }]);
});

test('the place chosen last is chosen the next time', async () => {
  const { root, send } = await door({ title: 'Weekly' });
  const inRoom = root.querySelector<HTMLInputElement>('[value=inRoom]')!;
  inRoom.checked = true;
  inRoom.dispatchEvent(new Event('change'));
  send();
  const next = await door({ title: 'Another' });
  next.send();
  expect(next.entered).toMatchObject([{ place: 'inRoom' }]);
});
