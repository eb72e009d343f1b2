import { TestBoard } from '../testing/board.js';
import { room } from '../testing/room.js';
import type { BoardSource } from '@session-room/client/board';
import { expect, test } from 'vitest';
import { Awareness, removeAwarenessStates } from 'y-protocols/awareness';
import { Stage, type StageHost } from './stage.js';

function screen(board: BoardSource) {
  const host = {
    board,
    state: room(),
    draws: 0,
    addController: () => undefined,
    removeController: () => undefined,
    requestUpdate: () => void host.draws++,
    updateComplete: Promise.resolve(true),
  };
  const stage = new Stage(host satisfies StageHost);
  stage.hostUpdate();
  return { host, stage };
}

test('the screen shows what a facilitator wishes and points at, and nobody else’s wish', () => {
  const [wall, fay] = TestBoard.pair('wall', 'fay');
  const { stage, host } = screen(wall);
  expect(stage.shown).toBe('room');
  fay.present({ stage: 'board', card: 'c1' });
  expect([stage.shown, stage.card]).toEqual(['board', 'c1']);
  fay.present({ card: undefined });
  expect([stage.shown, stage.card]).toEqual(['board', undefined]);
  expect(host.draws).toBeGreaterThan(0);

  const [other, ann] = TestBoard.pair('wall', 'ann');
  const followed = screen(other).stage;
  ann.present({ stage: 'board' });
  ann.awareness.setLocalState({ pid: 'fay', stage: 'elsewhere' });
  expect(followed.shown).toBe('room');
});

test('a facilitator whose connection goes down leaves the screen as it was', () => {
  const [wall, fay] = TestBoard.pair('wall', 'fay');
  const { stage } = screen(wall);
  fay.present({ stage: 'board', card: 'c1' });
  removeAwarenessStates(wall.awareness, [fay.awareness.clientID], 'room');
  expect([stage.shown, stage.card]).toEqual(['board', 'c1']);
});

test('a board that began anew is heard, and the former one is not', () => {
  const [wall, fay] = TestBoard.pair('wall', 'fay');
  const { stage } = screen(wall);
  const former: Awareness = wall.awareness;
  wall.reset();
  stage.hostUpdate();
  former.setLocalState({ pid: 'fay', stage: 'board' });
  expect(stage.shown).toBe('room');
  fay.present({ stage: 'board' });
  expect(stage.shown).toBe('board');
  stage.hostDisconnected();
  fay.present({ stage: 'room' });
  expect(stage.shown).toBe('board');
});
