import { expect, test } from './fixtures.js';

test('a room is opened in the lobby, its links lead in, and the projector shows how to join', async ({
  browser,
  server,
}) => {
  const context = await browser.newContext();
  const complaints: string[] = [];
  const page = await context.newPage();
  // The pages keep to the server's content security policy; the browser would say so here.
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
  await page.goto(server.address);
  await page.getByLabel('Title').fill('Made in the lobby');
  await page.getByLabel('Purpose').fill('To see that it works');
  await page.getByLabel('Item 1', { exact: true }).fill('Hello');
  await page.getByLabel('Minutes for item 1').fill('7');
  await page.getByRole('button', { name: 'Add an item' }).click();
  await page.getByLabel('Item 3', { exact: true }).fill('Goodbye');
  await expect(page.getByText('17 minutes in all')).toBeVisible();
  await page.getByText('Agreement and speaking order').click();
  await page.getByLabel('Speaking order').selectOption('round');
  await page.getByRole('button', { name: 'Open the room' }).click();

  await expect(page.getByRole('img', { name: /QR code/ }).locator('path')).toBeVisible();
  const link = (name: string) => page.getByRole('textbox', { name, exact: true }).inputValue();
  const projectorLink = await link('Projector');
  expect(await link('Members')).toMatch(/\/r\/[^/]+#invite=.+/);

  await page.getByRole('link', { name: 'Open as facilitator' }).click();
  await page.getByLabel('Your name').fill('Fay');
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.locator('sr-agenda .title')).toHaveText(['Hello', 'Goodbye']);
  await expect(page.locator('sr-queue')).toContainText('Round: everyone once');
  await expect(page.getByRole('button', { name: 'Start session' })).toBeVisible();

  const screen = await context.newPage();
  await screen.goto(projectorLink);
  await expect(screen.getByText('Join with your phone')).toBeVisible();
  await expect(screen.locator('sr-projector .qr path')).toBeVisible();
  // The two tabs of one browser are two people of the room: the facilitator and the screen.
  await page.reload();
  await expect(page.getByRole('button', { name: 'Start session' })).toBeVisible();
  expect(complaints).toEqual([]);
  await context.close();
});
