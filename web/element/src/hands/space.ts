import { hears } from '../look/reach.js';

/** Where a browser remembers that the space bar is not the hand's. */
export const spaceKey = 'session-room:space';

/** The space bar raises and lowers the hand of an element, unless it means something where the focus is. */
export function raisesHand(event: KeyboardEvent, element: Element): boolean {
  const held = event.repeat || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey;
  if (event.key !== ' ' || held || !hears(element, event)) return false;
  const target = event.composedPath()[0];
  const pressed = 'button, input, select, textarea, summary, a[href], [contenteditable]';
  return !(target instanceof Element && target.closest(pressed));
}
