import type { Locator, Page } from '@playwright/test';
import { expect, HubPerson, test, TestRoom } from './fixtures.js';

const minute = 60_000;

/** As somebody does who has no mouse: on and on until it is reached, forward or, where that is nearer, back. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible();
  for (let i = 0; i < 120 && !(await target.evaluate((each) => each.matches(':focus'))); i++)
    await page.keyboard.press(key);
  await expect(target).toBeFocused();
  // Where one is can be seen.
  expect(await target.evaluate((each) => each.matches(':focus-visible'))).toBe(true);
}

async function pressOn(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('a member’s whole session without a mouse: join, agree, hand, floor, card, leave', async ({ browser, server }) => {
  const room = await TestRoom.create(server, { title: 'Keys only', agreement: 'Be kind.' });
  const facilitator = await HubPerson.connect(room, await room.enter('facilitator', 'Fay', 'inRoom'));
  await facilitator.must({ type: 'agreement.accept', version: 1 });
  await facilitator.must({ type: 'session.start' });
  const state = () => room.state(facilitator.entry.token);
  const context = await browser.newContext();
  const page = await context.newPage();
  const { keyboard } = page;

  await page.goto(room.link('member'));
  await tabTo(page, page.getByLabel('Your name'));
  await keyboard.type('Kay Board');
  await keyboard.press('Tab');
  await keyboard.press('ArrowDown');
  await tabTo(page, page.getByLabel('I agree'));
  await keyboard.press('Space');
  await pressOn(page, button(page, 'Join'));
  // What was pressed is gone: the focus is at the top of what has come.
  await expect(page.getByRole('heading', { name: 'Keys only' })).toBeFocused();
  await expect(page.getByLabel('Add a card to To do')).toBeVisible();
  const kay = async () => Object.entries((await state()).people).find(([, { name }]) => name === 'Kay Board')!;
  expect((await kay())[1]).toMatchObject({ place: 'inRoom', agreed: true });

  await pressOn(page, button(page, 'Question'));
  await expect(page.locator('sr-hands')).toContainText('You are next in the queue');
  await facilitator.must({ type: 'floor.next' });
  await expect(page.locator('sr-hands [role=status]')).toContainText('You have the floor');
  await pressOn(page, button(page, 'I have finished'));
  await expect(page.locator('sr-floor')).toContainText('The floor is free');
  expect((await kay())[1].turns).toBe(1);

  const line = page.getByLabel('Add a card to To do');
  await tabTo(page, line);
  await keyboard.type('Write it down\n');
  const card = page.locator('sr-card');
  await expect(card).toContainText('Write it down');
  await tabTo(page, card.locator('.face'), 'Shift+Tab');
  await keyboard.press('Enter');
  await expect(page.getByLabel('Title', { exact: true })).toBeFocused();
  await keyboard.press('End');
  await keyboard.type(' today');
  await tabTo(page, page.getByLabel('Notes', { exact: true }).first());
  await keyboard.type('By hand.');
  await keyboard.press('Escape');
  await expect(card.locator('.face')).toBeFocused();
  await expect(card).toContainText('Write it down today');
  await tabTo(page, button(page, 'Move “Write it down today”'));
  await keyboard.press('Enter');
  await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await expect(page.getByRole('region', { name: /^Doing / }).locator('sr-card')).toContainText('Write it down today');

  // There is nothing to press to leave: one closes the page, and keeps what one has.
  await context.close();
  await expect.poll(async () => (await kay())[1].online).toBe(false);
  const exported = await fetch(`${server.address}/api/rooms/${room.created.id}/export?format=md`, {
    headers: { authorization: `Bearer ${facilitator.entry.token}` },
  });
  expect(await exported.text()).toContain('Write it down today');
  await facilitator.leave();
});

test('a facilitator’s whole session without a mouse, by buttons alone', async ({ browser, server }) => {
  const room = await TestRoom.create(server, {
    title: 'Chaired by keys',
    agenda: [
      { title: 'First', durationMs: 5 * minute },
      { title: 'Second', durationMs: 5 * minute },
    ],
    settings: { queuePolicy: 'fifo' },
  });
  const member = await HubPerson.connect(room, await room.enter('member', 'Mo'));
  const context = await browser.newContext();
  const page = await context.newPage();
  const { keyboard } = page;
  await page.goto(room.link('facilitator'));
  await tabTo(page, page.getByLabel('Your name'));
  await keyboard.type('Fay\n');
  await expect(page.getByRole('heading', { name: 'Chaired by keys' })).toBeFocused();

  await pressOn(page, button(page, 'Start session'));
  await expect(page.getByRole('banner').getByText('Live')).toBeVisible();
  await member.must({ type: 'hand.raise' });
  await pressOn(page, button(page, 'Next: Mo'), 'Space');
  await expect(page.locator('sr-floor .name')).toHaveText('Mo');
  await pressOn(page, button(page, '+1 min'));
  await expect(page.locator('sr-timer .face')).toHaveText(/^(6:00|5:[0-5]\d)$/);
  await pressOn(page, button(page, 'Next item'));
  await expect(page.locator('sr-agenda [aria-current] .title')).toHaveText('Second');
  await pressOn(page, button(page, 'Close queue'));
  await expect(button(page, 'Reopen queue')).toBeFocused();
  await pressOn(page, button(page, 'More'));
  await tabTo(page, button(page, 'Go off the record'), 'Shift+Tab');
  await keyboard.press('Enter');
  await expect(page.getByText('Off the record: nothing written now is kept.')).toBeVisible();
  await pressOn(page, button(page, 'End session'));
  await pressOn(page, page.getByRole('alert').getByRole('button', { name: 'End session' }));
  await expect(page.getByText('This session ended at')).toBeVisible();
  await Promise.all([member.leave(), context.close()]);
});
