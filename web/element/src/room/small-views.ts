/** The views that show less than a member's whole screen; loaded when one of them is asked for. */
import type { RoomState } from '@session-room/client';
import type { BoardSource } from '@session-room/client/board';
import { html, nothing } from 'lit';
import '../compact/sr-compact.js';
import type { SessionRoomView } from './session-room.component.js';

export interface Given {
  state: RoomState;
  you: string;
  now: () => number;
  manage: boolean;
  board?: BoardSource;
}

export function smallView(view: SessionRoomView, { state, you, now, manage, board }: Given) {
  switch (view) {
    case 'compact':
      return html`<sr-compact
        part="compact"
        exportparts="timer, floor, hand, next"
        .state=${state}
        .you=${you}
        .now=${now}
      ></sr-compact>`;
    case 'timer':
      return html`<sr-timer part="timer" .state=${state} .you=${you} .now=${now}></sr-timer>`;
    case 'queue':
      return html`<sr-queue part="queue" .state=${state} .you=${you} .now=${now} ?manage=${manage}></sr-queue>`;
    case 'hands':
      return html`<sr-hands part="hand" keyless .state=${state} .you=${you} .now=${now}></sr-hands>`;
    case 'agenda':
      return html`<sr-agenda part="agenda" .state=${state} .you=${you} .now=${now} ?manage=${manage}></sr-agenda>`;
    case 'people':
      return html`<sr-people part="people" .state=${state} .you=${you} .now=${now} ?manage=${manage}></sr-people>`;
    case 'board':
      return board
        ? html`<sr-board
            part="board"
            .source=${board}
            .state=${state}
            .you=${you}
            .now=${now}
            ?manage=${manage}
          ></sr-board>`
        : nothing;
    default:
      return nothing;
  }
}
