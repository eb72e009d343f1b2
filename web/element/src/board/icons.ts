import { draw } from '../look/icons.js';

/** The board's own signs, so that no other page loads them. */
const shapes = {
  grip: 'M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01',
  seal: 'M6.5 11h11v9h-11zM9 11V8a3 3 0 0 1 6 0v3',
  due: 'M5 6.5h14V20H5zM5 10.5h14M9 4v4M15 4v4',
  notes: 'M5 7h14M5 12h14M5 17h8',
  undo: 'M8.5 5 4 9.5 8.5 14M4 9.5h10a5.5 5.5 0 0 1 0 11h-3',
  redo: 'M15.5 5 20 9.5 15.5 14M20 9.5H10a5.5 5.5 0 0 0 0 11h3',
  bin: 'M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13',
  person: 'M8.5 8a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0M5 20c.7-4 3.4-6 7-6s6.3 2 7 6',
};

export type BoardIcon = keyof typeof shapes;

const pointing: readonly BoardIcon[] = ['undo', 'redo', 'notes'];

export function sign(name: BoardIcon) {
  return draw(shapes[name], pointing.includes(name));
}
