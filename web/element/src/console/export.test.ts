import { afterEach, expect, test, vi } from 'vitest';
import { HttpRefusal } from '@session-room/client';
import { download } from './export.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('the record is asked for with the token and saved under the room’s name', async () => {
  const fetched = vi.fn(() => Promise.resolve(new Response('# Review')));
  vi.stubGlobal('fetch', fetched);
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x');
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(`${this.download} from ${this.href}`);
  });
  await download({ room: 'week 1', token: 'the-token' }, 'md');
  expect(fetched).toHaveBeenCalledWith('/api/rooms/week%201/export?format=md', {
    headers: { authorization: 'Bearer the-token' },
  });
  expect(saved).toEqual(['week 1.md from blob:x']);
});

test('a refusal saves nothing and says which', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 403 })));
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click');
  await expect(download({ room: 'r', token: 't' }, 'csv')).rejects.toMatchObject({ status: 403 });
  await expect(download({ room: 'r', token: 't' }, 'csv')).rejects.toBeInstanceOf(HttpRefusal);
  expect(click).not.toHaveBeenCalled();
});
