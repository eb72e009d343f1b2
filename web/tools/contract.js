// Writes the client's types from the server's own contract: `npm run contract` asks the built server for it first,
// `--check` only says whether the types are those of the document that is committed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const server = here('../../artifacts/bin/SessionRoom.Server/release/SessionRoom.Server.dll');
const document = here('../client/contract/openapi.json');
const types = here('../client/src/contract.ts');

async function served() {
  const data = mkdtempSync(join(tmpdir(), 'session-room-contract-'));
  const child = spawn('dotnet', [server], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ASPNETCORE_ENVIRONMENT: 'Production',
      ASPNETCORE_URLS: 'http://127.0.0.1:0',
      SessionRoom__DataDirectory: data,
    },
  });
  const gone = once(child, 'exit');
  try {
    for await (const line of createInterface(child.stdout)) {
      const address = /Now listening on: (\S+)/.exec(line)?.[1];
      if (address) return await (await fetch(`${address}/openapi/v1.json`)).text();
    }
    throw new Error('The server did not start. Build it: dotnet build src/SessionRoom.Server -c Release');
  } finally {
    child.kill();
    await gone;
    rmSync(data, { recursive: true, force: true });
  }
}

async function written() {
  const contract = astToString(await openapiTS(JSON.parse(readFileSync(document, 'utf8')), { silent: true }));
  return `// Written by \`npm run contract\` from the server's own description, which is in \`client/contract/openapi.json\`.\n${contract}`;
}

if (process.argv.includes('--check')) {
  if (readFileSync(types, 'utf8') !== (await written())) {
    console.error('client/src/contract.ts differs from client/contract/openapi.json: run `npm run contract`');
    process.exit(1);
  }
} else {
  writeFileSync(document, `${(await served()).trimEnd()}\n`);
  writeFileSync(types, await written());
}
