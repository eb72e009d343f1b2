/** What each key of the console does, in the order of its map. Each is also a button, or a press and a choice away. */
export const consoleKeys = {
  s: 'start',
  n: 'next',
  e: 'yield',
  m: 'more',
  l: 'less',
  p: 'pause',
  i: 'item',
  q: 'queue',
  u: 'quiet',
  o: 'record',
  b: 'screen',
  '?': 'map',
} as const;

export type ConsoleAct = (typeof consoleKeys)[keyof typeof consoleKeys];
