import { beforeEach, expect, test } from 'vitest';
import { Invitations, roomOf } from './invitation.js';

const entry = { token: 't', participantId: 'p', role: 'member', expiresAt: 1 } as const;

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

test('an invite in the address is remembered for the tab and the browser', () => {
  const tab = new Invitations(localStorage, sessionStorage);
  expect(tab.find('r', '#invite=abc')).toEqual({ room: 'r', invite: 'abc' });
  tab.keep({ room: 'r', invite: 'abc', name: 'Ann', place: 'remote', entry });
  expect(tab.find('r', '')).toMatchObject({ invite: 'abc', name: 'Ann', entry });
  expect(tab.usualName).toBe('Ann');
});

test('two invitations of one room live side by side, each in its tab', () => {
  const kept = new Map<string, string>();
  const other = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as unknown as Storage;
  const facilitator = new Invitations(localStorage, sessionStorage);
  facilitator.keep({ ...facilitator.find('r', '#invite=chair')!, name: 'Fay', entry });
  const projector = new Invitations(localStorage, other);
  expect(projector.find('r', '#invite=wall&join=guest')).toEqual({ room: 'r', invite: 'wall', join: 'guest' });
  expect(facilitator.find('r', '')).toMatchObject({ invite: 'chair', name: 'Fay' });
  expect(projector.find('r', '')?.invite).toBe('wall');
});

test('another room knows nothing of it, and a broken store asks again instead of failing', () => {
  const tab = new Invitations(localStorage, sessionStorage);
  tab.find('r', '#invite=abc');
  expect(tab.find('other', '')).toBeUndefined();
  localStorage.setItem('session-room:room:r', '{broken');
  expect(tab.find('r', '')).toEqual({ room: 'r', invite: 'abc' });
  const forbidden = new Proxy({} as Storage, {
    get: () => () => {
      throw new DOMException('denied');
    },
  });
  expect(new Invitations(forbidden, forbidden).find('r', '#invite=abc')).toEqual({ room: 'r', invite: 'abc' });
});

test('the room is the address’s path', () => {
  expect(roomOf('/r/weekly-1')).toBe('weekly-1');
  expect(roomOf('/r/a%20b/')).toBe('a b');
  expect(roomOf('/')).toBe('');
});
