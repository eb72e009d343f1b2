// Reads deliveries as JSON lines (headers, body) and says of each what the Standard Webhooks library and the snippet of the protocol's page make of it.
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { Webhook } from 'standardwebhooks';

const [secret, file] = process.argv.slice(2);
const page = readFileSync(new URL('../../src/SessionRoom.Server/PROTOCOL.md', import.meta.url), 'utf8');
const snippet = /```js\n(import[^`]+isOurs[^`]*`[^`]*`[^`]*)```/.exec(page)[1];
const { isOurs } = await import(`data:text/javascript,${encodeURIComponent(snippet)}`);
const receiver = new Webhook(secret);
for await (const line of createInterface({ input: Readable.from([readFileSync(file, 'utf8')]) })) {
  if (!line) continue;
  const { headers, body } = JSON.parse(line);
  try {
    console.log(JSON.stringify({ type: receiver.verify(body, headers).type, ours: isOurs(secret, headers, body) }));
  } catch (refused) {
    console.log(JSON.stringify({ refused: refused.message, ours: isOurs(secret, headers, body) }));
  }
}
