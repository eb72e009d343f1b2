import { html, type TemplateResult } from 'lit';

/** Line icons on a 24 unit grid, drawn in the colour of the text beside them and unseen by screen readers. */
const shapes = {
  hand: 'M7 11.5V6a1.5 1.5 0 0 1 3 0v5m0-.5V4a1.5 1.5 0 0 1 3 0v6.5m0 0V5a1.5 1.5 0 0 1 3 0v6m0 0V8a1.5 1.5 0 0 1 3 0v6.5A6.5 6.5 0 0 1 12.5 21 7 7 0 0 1 6.3 17.3L4.2 13.5a1.6 1.6 0 0 1 2.8-1.5',
  order: 'M12 4v10M12 19v.5',
  question: 'M8.5 9a3.5 3.5 0 1 1 5.2 3.1c-1 .6-1.7 1.3-1.7 2.4M12 18.7v.3',
  reply: 'M10 7 5 12l5 5M5 12h9a5 5 0 0 1 5 5v1',
  topic: 'M5 6.5h14v9H11l-4 3.5v-3.5H5z',
  pin: 'M9 4h6l-1 6 3 3H7l3-3zM12 13v7',
  remote: 'M4 6h16v10H4zM9 20h6M12 16v4',
  inRoom: 'M7 4v9h10V9a2 2 0 0 0-2-2H7M7 13v7M17 13v7',
  up: 'm6 14 6-6 6 6',
  down: 'm6 10 6 6 6-6',
  close: 'm6 6 12 12M18 6 6 18',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M8.5 5.5v13M15.5 5.5v13',
  stop: 'M7 7h10v10H7z',
  next: 'M5 12h13M13 6.5l5.5 5.5-5.5 5.5',
  leave: 'M10 4H5v16h5M10 12h9M15.5 8.5 19 12l-3.5 3.5',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  offRecord: 'M4 4l16 16M6 12a6 6 0 0 0 9.5 4.9M18 12a6 6 0 0 0-8.7-5.4',
  light:
    'M8 12a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4',
  dark: 'M19 14.5A7.5 7.5 0 0 1 9.5 5a7.5 7.5 0 1 0 9.5 9.5z',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  plus: 'M12 5v14M5 12h14',
};

export type IconName = keyof typeof shapes;

/** Where what they show goes on, which is the other way where one reads from the right; so is its question mark. */
const pointing: readonly IconName[] = ['next', 'reply', 'question', 'leave'];

export function icon(name: IconName): TemplateResult {
  return draw(shapes[name], pointing.includes(name));
}

/** A sign of another part's own, in the same hand. One that points is turned where one reads from the right. */
export function draw(path: string, pointing = false): TemplateResult {
  return html`<svg
    class=${pointing ? 'pointing' : ''}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d=${path} />
  </svg>`;
}
