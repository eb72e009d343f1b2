// Makes the built element a package: its types, which name the client's by their place, and what npm wants to know.
import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('..', import.meta.url));
const dist = join(web, 'element/dist');
const types = join(dist, 'types');

rmSync(types, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [join(web, 'node_modules/typescript/bin/tsc'), '-p', join(web, 'element/tsconfig.types.json')],
  {
    stdio: 'inherit',
  },
);

const client = { '': 'client/src/index.js', '/board': 'client/src/board/index.js' };
for (const name of readdirSync(types, { recursive: true })) {
  if (!name.endsWith('.d.ts')) continue;
  const file = join(types, name);
  const text = readFileSync(file, 'utf8').replace(
    /(['"])@session-room\/client(\/board)?\1/g,
    (_, quote, entry = '') => {
      const place = relative(dirname(file), join(types, client[entry])).replaceAll('\\', '/');
      return `${quote}${place.startsWith('.') ? place : `./${place}`}${quote}`;
    },
  );
  writeFileSync(file, text);
}

const source = JSON.parse(readFileSync(join(web, 'element/package.json'), 'utf8'));
const typed = ['lit', 'yjs', 'y-protocols'];
const dependencies = Object.fromEntries(typed.map((name) => [name, source.dependencies[name]]));
writeFileSync(
  join(dist, 'package.json'),
  `${JSON.stringify(
    {
      name: source.name,
      version: source.version,
      description: 'A live session room as a web component: a speaking queue, a shared clock, an agenda, a board.',
      type: 'module',
      exports: {
        '.': { types: './types/element/src/session-room.d.ts', default: './session-room.js' },
        './react': { types: './types/element/src/react.d.ts', default: './session-room.js' },
        './embed': { types: './types/element/src/embed/host.d.ts', default: './embed.js' },
      },
      sideEffects: true,
      // Compressed copies are for this server.
      files: ['**', '!**/*.br', '!**/*.gz'],
      // What the types speak of; the code brings along all that it uses.
      dependencies,
      peerDependencies: source.peerDependencies,
      peerDependenciesMeta: source.peerDependenciesMeta,
    },
    null,
    2,
  )}\n`,
);
copyFileSync(join(web, 'element/README.md'), join(dist, 'README.md'));
