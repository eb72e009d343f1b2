import { beforeEach, expect, test } from 'vitest';
import { dropLinks, findLinks, keepLinks } from './handed-out.js';

const links = { facilitator: 'F', member: 'M', observer: 'O', projector: 'P' };

beforeEach(() => localStorage.clear());

test('the links to hand out are found again, the facilitator’s own is not kept', () => {
  keepLinks('r', links);
  expect(findLinks('r')).toEqual({ member: 'M', observer: 'O', projector: 'P' });
  expect(JSON.stringify({ ...localStorage })).not.toContain('facilitator');
  expect(findLinks('other')).toBeUndefined();
});

test('after the end there are none, and a broken entry is none', () => {
  keepLinks('r', links);
  dropLinks('r');
  expect(findLinks('r')).toBeUndefined();
  localStorage.setItem('session-room:links:r', '{broken');
  expect(findLinks('r')).toBeUndefined();
});
