import { beforeEach, expect, test } from 'vitest';
import { forget, keepInTabOnly } from './leaving.js';
import { Invitations } from './invitation.js';

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

test('blocked storage forgets everything and breaks nothing', () => {
  const tab = new Invitations(undefined, undefined);
  expect(tab.find('r', '#invite=abc')).toEqual({ room: 'r', invite: 'abc' });
  expect(tab.endingOf('r', '')).toBeUndefined();
  expect(tab.usualName).toBe('');
});

test('after a final ending neither invite nor token is left, only how it ended', () => {
  const tab = new Invitations(localStorage, sessionStorage);
  const mine = { ...tab.find('r', '#invite=abc')!, name: 'Ann', entry };
  tab.keep(mine);
  tab.keep({ room: 'r', invite: 'wall', entry });
  forget(mine, 'removed');
  expect(JSON.stringify([{ ...localStorage }, { ...sessionStorage }])).not.toContain('abc');
  forget({ room: 'r', invite: 'wall' }, 'removed');
  expect(JSON.stringify([{ ...localStorage }, { ...sessionStorage }])).not.toMatch(/wall|token/);
  expect(tab.find('r', '')).toBeUndefined();
  expect(tab.endingOf('r', '')).toBe('removed');
});

test('who was removed stays out with the same link, and another invite lets in', () => {
  const tab = new Invitations(localStorage, sessionStorage);
  forget(tab.find('r', '#invite=abc')!, 'removed');
  expect(tab.endingOf('r', '#invite=abc')).toBe('removed');
  expect(tab.endingOf('r', '#invite=new')).toBeUndefined();
  expect(tab.find('r', '#invite=new')).toEqual({ room: 'r', invite: 'new' });
  expect(tab.endingOf('r', '')).toBeUndefined();
});

test('a deleted room’s link is asked again: the room may have been made anew', () => {
  const tab = new Invitations(localStorage, sessionStorage);
  forget(tab.find('r', '#invite=abc')!, 'room_deleted');
  expect(tab.endingOf('r', '#invite=abc')).toBeUndefined();
  expect(tab.endingOf('r', '')).toBe('room_deleted');
});

test('what is kept in the tab only is gone with the tab', () => {
  const tab = new Invitations(localStorage, sessionStorage);
  const mine = { ...tab.find('r', '#invite=chair')!, name: 'Fay', entry };
  tab.keep(mine);
  keepInTabOnly(mine);
  expect(tab.find('r', '')).toEqual(mine);
  expect(localStorage.getItem('session-room:room:r')).toBeNull();
  sessionStorage.clear();
  expect(new Invitations(localStorage, sessionStorage).find('r', '')).toBeUndefined();
});
