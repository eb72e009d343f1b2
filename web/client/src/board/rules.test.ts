import { expect, test } from 'vitest';
import { roles, type Role, type RoomState } from '../state.js';
import { person } from '../fake-room.js';
import { eraOf, isInside, mayWrite } from './rules.js';

const room = (role: Role, agreed = true, stage?: 'live' | 'ended'): RoomState => ({
  room: { id: 'r', title: 'R', stage },
  people: { ann: person('Ann', role, { agreed }) },
});

test('facilitators, note-takers and members write; guests, observers and projectors look on', () => {
  const writing = roles.filter((role) => mayWrite(room(role, true, 'live'), 'ann'));
  expect(writing).toEqual(['facilitator', 'noteTaker', 'member']);
});

test('after the end nobody writes, and everybody may still look', () => {
  expect(mayWrite(room('facilitator', true, 'ended'), 'ann')).toBe(false);
  expect(isInside(room('facilitator', true, 'ended'), 'ann')).toBe(true);
});

test('whoever has not agreed, is not known or is not there any more is outside', () => {
  expect(isInside(room('member', false), 'ann')).toBe(false);
  expect(mayWrite(room('member', false), 'ann')).toBe(false);
  expect(isInside(room('member', true), undefined)).toBe(false);
  expect(isInside(room('member', true), 'bob')).toBe(false);
});

test('a board is another one with another log, and with another board epoch, which is 0 where it is absent', () => {
  const eras = [
    eraOf('a', room('member')),
    eraOf('b', room('member')),
    eraOf('a', { ...room('member'), room: { id: 'r', title: 'R', boardEpoch: 1 } }),
  ];
  expect(new Set(eras).size).toBe(3);
  expect(eras[0]).toBe(eraOf('a-2', room('member')));
  expect(eras[0]).toBe(eraOf('a', { ...room('member'), room: { id: 'r', title: 'R', boardEpoch: 0 } }));
});
