// What a member's browser loads before the room can be used, the room page's script and everything that it imports at
// once, and what it loads after that to show the board, for size-limit. What else is loaded on demand (the console, the
// projector, QR codes, MessagePack) is not counted.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const dist = new URL('app/dist/', import.meta.url);
const read = (file) => readFileSync(new URL(file, dist), 'utf8');

/** The files and all that they import at once. */
function withImports(files) {
  const all = new Set(files);
  for (const file of all)
    for (const [, name] of read(file).matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g))
      all.add(`assets/${name}`);
  return all;
}

if (!existsSync(new URL('room.html', dist))) throw new Error('The pages are not built: npm run build.');
const scripts = readdirSync(new URL('assets/', dist)).filter((name) => /^board-[\w-]+\.js$/.test(name));
if (scripts.length === 0) throw new Error('There is no script of the board.');
const room = withImports([...read('room.html').matchAll(/(?<="\/)[\w./-]+\.js/g)].map(([file]) => file));
const board = withImports([...room, ...scripts.map((name) => `assets/${name}`)]);

// Each file is compressed by itself, as it is sent: together they would share what none of them shares on the way.
const paths = (files) => [...files].map((file) => fileURLToPath(new URL(file, dist)));
export default [
  { name: 'member view without the board', path: paths(room), limit: '45 kB', gzip: true },
  { name: 'member view with the board', path: paths(board), limit: '80 kB', gzip: true },
];
