import type { ReactiveControllerHost } from 'lit';
import { hears } from './reach.js';

/** Where a letter is text, or picks an option. */
const written = 'input, select, textarea, [contenteditable]';
/** Where the space bar presses something. */
const pressed = `${written}, button, summary, a[href]`;

/**
 * Hears the single keys that are the host's while it is on the page: whoever takes keys takes them here. A key held down
 * counts once, one with Ctrl, Alt or Meta is the browser's, and one in a dialog is the dialog's.
 */
export function listenForKeys(host: ReactiveControllerHost & Element, handle: (event: KeyboardEvent) => void): void {
  const hear = (event: KeyboardEvent): void => {
    if (event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (hears(host, event) && !isIn(event, 'dialog')) handle(event);
  };
  host.addController({
    hostConnected: () => addEventListener('keydown', hear),
    hostDisconnected: () => removeEventListener('keydown', hear),
  });
}

/** The focus is where the key has a meaning of its own. */
export function isTaken(event: KeyboardEvent): boolean {
  return isIn(event, event.key === ' ' ? pressed : written);
}

function isIn(event: Event, selector: string): boolean {
  return event.composedPath().some((each) => each instanceof Element && each.matches(selector));
}

/** The Latin letter or other sign of a key; where the keyboard writes another script, the letter in its place. */
export function letterOf({ key, code, shiftKey }: KeyboardEvent): string {
  if (key.length === 1 && key.charCodeAt(0) > 0x7f && /^Key[A-Z]$/.test(code))
    return shiftKey ? '' : code[3]!.toLowerCase();
  return /^[A-Za-z]$/.test(key) ? (shiftKey ? '' : key.toLowerCase()) : key;
}
