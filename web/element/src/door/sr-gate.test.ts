import { room } from '../testing/room.js';
import { expect, test } from 'vitest';
import './sr-gate.js';
import type { SrGateElement } from './sr-gate.component.js';

async function gate(wall: boolean) {
  const part = document.createElement('sr-gate') as SrGateElement;
  const state = room();
  state.room.agreement = { version: 3, text: 'Be kind.' };
  Object.assign(part, { state, wall });
  const orders: unknown[] = [];
  part.addEventListener('sr-command', (event) => orders.push(event.detail));
  document.body.replaceChildren(part);
  await part.updateComplete;
  return { root: part.shadowRoot!, orders };
}

test('a screen on the wall says that it waits for somebody to accept, and one key press is enough', async () => {
  const { root, orders } = await gate(true);
  expect(root.querySelector('[role=status]')?.textContent).toBe('Waiting: accept on this screen');
  expect((root.activeElement as HTMLElement | null)?.textContent?.trim()).toBe('I agree');
  (root.activeElement as HTMLElement).click();
  expect(orders).toEqual([{ type: 'agreement.accept', version: 3 }]);
});

test('a person’s own device asks the person', async () => {
  const { root } = await gate(false);
  expect(root.querySelector('h1')?.textContent).toBe('Before you enter');
  expect(root.querySelector('[role=status]')).toBeNull();
});
