import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { reduce } from './reduce.js';

const socket = fileURLToPath(new URL('socket-connection.ts', import.meta.url));

/** The pages speak WebSockets without a negotiation (`client/src/link.ts`): that needs no more than one class. */
const oneTransport: Plugin = {
  name: 'one-transport',
  apply: 'build',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === './HttpConnection' && importer?.includes('@microsoft/signalr/') ? socket : undefined,
};

/** Nothing is logged (`LogLevel.None`), and what is passed is checked by the compiler. */
const silent = /^\s*(?:(?:this\._)?logger\.log|Arg\.is\w+)\(.*\);$/gm;

/** The client resumes by itself on a new connection, and no call of the hub has a stream. */
export const slimSignalR: Plugin[] = [
  oneTransport,
  reduce({
    module: '/@microsoft/signalr/dist/esm/HubConnection.js',
    without: [
      ...['stream', 'send', 'off', 'onreconnecting', 'onreconnected', 'baseUrl', 'connectionId', 'state'],
      ...['_reconnect', '_getNextRetryDelay', '_isObservable', '_createStreamInvocation', '_createCancelInvocation'],
      '_createStreamItemMessage',
    ].map((member) => `HubConnection.${member}`),
    instead: {
      'HubConnection._launchStreams': '',
      'HubConnection._replaceStreamingParams': 'return [[], []];',
      'HubConnection._sendWithProtocol': 'return this._sendMessage(this._protocol.writeMessage(message));',
    },
    edits: [
      [silent, ''],
      [/if \(this\._messageBuffer && [^}]*\}/, ''],
      [/if \(this\._messageBuffer\) \{[^}]*\}/g, ''],
      [/if \(useStatefulReconnect\) \{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/, ''],
      [/else if \([^)]*this\._reconnectPolicy\) \{[^}]*\}/, ''],
      [/if \(this\._reconnectDelayHandle\) \{[^}]*\}/, ''],
    ],
  }),
  reduce({
    module: '/@microsoft/signalr/dist/esm/HubConnectionBuilder.js',
    without: ['parseLogLevel', 'LogLevelNameMapping'].concat(
      ['withAutomaticReconnect', 'withKeepAliveInterval', 'withStatefulReconnect'].map(
        (member) => `HubConnectionBuilder.${member}`,
      ),
    ),
    instead: { 'HubConnectionBuilder.configureLogging': 'this.logger = NullLogger.instance; return this;' },
    edits: [[silent, '']],
  }),
  reduce({ module: '/@microsoft/signalr/dist/esm/JsonHubProtocol.js', edits: [[silent, '']] }),
];
