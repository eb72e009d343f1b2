// Runs the scenarios in Node. Arguments: the host's address and the protocol. Prints the results as JSON.
import * as signalR from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { run } from './signalr-scenarios.js';

const [url, protocol] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await run({ signalR, MessagePackHubProtocol, url, protocol })));
process.exit(0);
