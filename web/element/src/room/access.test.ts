import { expect, test } from 'vitest';
import { accessOf, claimsOf, roomOf } from './access.js';

test('the room is the address’s path', () => {
  expect(roomOf('/r/weekly-1')).toBe('weekly-1');
  expect(roomOf('/r/a%20b/')).toBe('a b');
  expect(roomOf('/')).toBe('');
});

test('a projector’s link brings the members’ invite along', () => {
  expect(accessOf({ invite: '/r/weekly#invite=wall&join=guest', server: 'https://rooms.example/' })).toEqual({
    server: 'https://rooms.example',
    room: 'weekly',
    invite: 'wall',
    join: 'guest',
    token: undefined,
  });
});

test('a token says until when, and one that cannot be read says nothing', () => {
  expect(claimsOf(`h.${btoa('{"exp":12,"role":"member"}').replace(/=/g, '')}.s`)).toMatchObject({ exp: 12 });
  for (const token of ['', 'opaque', 'a.b.c', 'a.e30.c']) expect(claimsOf(token).exp).toBeUndefined();
});
