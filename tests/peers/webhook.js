// Reads deliveries as JSON lines (headers, body) and says of each what the Standard Webhooks library makes of it.
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { Webhook } from 'standardwebhooks';

const [secret, file] = process.argv.slice(2);
const receiver = new Webhook(secret);
for await (const line of createInterface({ input: Readable.from([readFileSync(file, 'utf8')]) })) {
  if (!line) continue;
  const { headers, body } = JSON.parse(line);
  try {
    console.log(JSON.stringify({ type: receiver.verify(body, headers).type }));
  } catch (refused) {
    console.log(JSON.stringify({ refused: refused.message }));
  }
}
