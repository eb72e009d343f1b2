// What a member's browser loads before the room can be used, the room page's script and everything that it imports at
// once, and what it loads after that to show the board. What else is loaded on demand (the console, the projector, QR
// codes, MessagePack) is listed but not counted.
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budgets = { without: 45_000, with: 88_000 };
const dist = new URL('../app/dist/', import.meta.url);
const read = (file) => readFileSync(new URL(file, dist), 'utf8');

/** The files and all that they import at once. */
function withImports(files) {
  const all = new Set(files);
  for (const file of all)
    for (const [, name] of read(file).matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)) all.add(`assets/${name}`);
  return all;
}

const scripts = readdirSync(dist, { recursive: true })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.js'));
const room = withImports([...read('room.html').matchAll(/(?<="\/)[\w./-]+\.js/g)].map(([file]) => file));
const board = withImports(scripts.filter((file) => /\/board-[\w-]+\.js$/.test(file)));
if (board.size === 0) throw new Error('There is no script of the board.');

let without = 0;
let boardOnly = 0;
for (const file of scripts) {
  const size = gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
  const when = room.has(file) ? 'at once' : board.has(file) ? 'board' : 'on demand';
  if (when === 'at once') without += size;
  if (when === 'board') boardOnly += size;
  console.log(`${String(size).padStart(7)}  ${when.padEnd(9)}  ${file}`);
}
for (const [what, size] of [
  ['without', without],
  ['with', without + boardOnly],
]) {
  console.log(`\nmember view ${what} the board: ${size} bytes gzipped, budget ${budgets[what]}`);
  if (size > budgets[what]) process.exitCode = 1;
}
