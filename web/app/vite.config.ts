import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const page = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Templates and style sheets are literals, which no minifier touches: here they lose the indentation they are written with. */
const unindent: Plugin = {
  name: 'unindent',
  apply: 'build',
  enforce: 'pre',
  transform: (code, id) =>
    /\/(element|app)\/src\/.*\.ts$/.test(id) && !id.includes('node_modules') ? code.replace(/\n\s+/g, '\n') : undefined,
};

/**
 * The pages speak WebSockets and nothing else (`transport` in the client's link), so the two other transports, which
 * the library would otherwise bring along, stay out: 1.2 kB gzipped of what every phone loads.
 */
const webSocketsOnly: Plugin = {
  name: 'web-sockets-only',
  enforce: 'pre',
  resolveId: (source, importer) =>
    importer?.includes('@microsoft/signalr/') && /\/(LongPolling|ServerSentEvents)Transport$/.test(source)
      ? '\0no-such-transport'
      : undefined,
  load: (id) =>
    id === '\0no-such-transport'
      ? 'export class LongPollingTransport {} export class ServerSentEventsTransport {}'
      : undefined,
};

export default defineConfig({
  plugins: [unindent, webSocketsOnly],
  root: fileURLToPath(new URL('.', import.meta.url)),
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Everything is a file of its own: the pages' policy allows neither inline code nor data addresses for fonts.
    assetsInlineLimit: 0,
    // What is loaded on demand rests on what the page has already: a list of each one's needs would only be weight.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, needs, { hostType }) => (hostType === 'html' ? needs : []),
    },
    rollupOptions: { input: [page('index.html'), page('room.html')] },
  },
  server: {
    // During development the pages come from here and everything else from a server that runs beside.
    proxy: { '/api': 'http://localhost:5080', '/hubs': { target: 'http://localhost:5080', ws: true } },
  },
});
