// Runs the scenarios in Chromium, on a page that the host serves. Arguments as in Node's; prints the results as JSON.
import { chromium } from 'playwright-core';

const [url, protocol] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  const page = await browser.newPage();
  await page.goto(`${url}/page`);
  const results = await page.evaluate(async ([address, name]) => {
    const { run } = await import('/signalr-scenarios.js');
    const { signalR } = globalThis;
    return run({ signalR, MessagePackHubProtocol: signalR.protocols.msgpack.MessagePackHubProtocol, url: address, protocol: name });
  }, [url, protocol]);
  process.stdout.write(JSON.stringify(results));
} finally {
  await browser.close();
}
