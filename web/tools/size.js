// What a member's browser loads before the room can be used: the room page's script and everything that it imports
// at once. What is loaded on demand (the console, the projector, QR codes, MessagePack) is listed but not counted.
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budget = 45_000;
const dist = new URL('../app/dist/', import.meta.url);
const gzipped = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;

const page = readFileSync(new URL('room.html', dist), 'utf8');
const counted = new Set([...page.matchAll(/assets\/[\w.-]+\.js/g)].map(([file]) => file));
for (const file of counted) {
  const source = readFileSync(new URL(file, dist), 'utf8');
  for (const [, name] of source.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)) counted.add(`assets/${name}`);
}

let total = 0;
for (const name of readdirSync(new URL('assets/', dist)).filter((each) => each.endsWith('.js'))) {
  const file = `assets/${name}`;
  const size = gzipped(file);
  if (counted.has(file)) total += size;
  console.log(`${String(size).padStart(7)}  ${counted.has(file) ? 'at once  ' : 'on demand'}  ${file}`);
}
console.log(`\nmember view: ${total} bytes gzipped, budget ${budget}`);
if (total > budget) process.exitCode = 1;
