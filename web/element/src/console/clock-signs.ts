import { draw } from '../look/icons.js';

/** What runs a clock, so that no member's page loads it. */
const shapes = {
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M8.5 5.5v13M15.5 5.5v13',
  stop: 'M7 7h10v10H7z',
};

export const clockSign = (name: keyof typeof shapes) => draw(shapes[name]);
