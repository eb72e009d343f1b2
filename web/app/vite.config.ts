import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { precompressed } from './precompressed.js';
import { slim } from './slim/index.js';

const page = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  plugins: [...slim, precompressed],
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
    rollupOptions: { input: [page('index.html'), page('room.html'), page('embed.html')] },
  },
  server: {
    // During development the pages come from here and everything else from a server that runs beside.
    proxy: { '/api': 'http://localhost:5080', '/hubs': { target: 'http://localhost:5080', ws: true } },
  },
});
