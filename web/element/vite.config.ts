import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { precompressed } from '../app/precompressed.js';
import { slim } from '../app/slim/index.js';

const entry = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** The element for the pages of others: modules of stable names, and beside them what they load on demand. */
export default defineConfig({
  plugins: [...slim, precompressed],
  root: fileURLToPath(new URL('.', import.meta.url)),
  // Wherever they are served from, they find one another.
  base: './',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { 'session-room': entry('src/session-room.ts'), embed: entry('src/embed/host.ts') },
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
