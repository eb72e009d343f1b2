import type { ReactiveControllerHost } from 'lit';
import { isTaken, listenForKeys } from '../look/keys.js';

/** Where a browser remembers that the space bar is not the hand's. */
export const spaceKey = 'session-room:space';

/** The space bar raises and lowers the hand, unless it means something where the focus is. `toggle` says whether it did. */
export function listenForSpace(host: ReactiveControllerHost & Element, toggle: () => boolean | undefined): void {
  listenForKeys(host, (event) => {
    if (event.key === ' ' && !event.shiftKey && !isTaken(event) && toggle()) event.preventDefault();
  });
}
