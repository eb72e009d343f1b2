import type { Plugin } from 'vite';
import { slimSignalR } from './signalr.js';
import { slimYjs } from './yjs.js';

/**
 * Templates and style sheets are literals, which no minifier touches: here they lose the indentation they are written
 * with, and style sheets their comments and every space that means nothing.
 */
export const plainLiterals: Plugin = {
  name: 'plain-literals',
  apply: 'build',
  enforce: 'pre',
  transform: (code, id) =>
    /\/(element|app)\/src\/.*\.ts$/.test(id) && !id.includes('node_modules')
      ? code.replace(/\bcss`[^`]*`/g, plainCss).replace(/\n\s+/g, '\n')
      : undefined,
};

function plainCss(css: string): string {
  return css
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};]) ?/g, '$1')
    .replace(/([:,]) /g, '$1')
    .replace(/;\}/g, '}')
    .replace(/([ :,(])0\./g, '$1.');
}

/** Stands in for a module that the pages have no use for. */
function without(name: string, matches: (source: string, importer: string) => boolean, instead: string): Plugin {
  return {
    name: `without-${name}`,
    enforce: 'pre',
    resolveId: (source, importer) => (matches(source, importer ?? '') ? `\0no-${name}` : undefined),
    load: (id) => (id === `\0no-${name}` ? instead : undefined),
  };
}

/**
 * Yjs logs in colours, by way of a library that makes whole documents. What it has to say is rare and reads as well
 * without. A name that Yjs imports and that is not here stops the build. 2.8 kB gzipped.
 */
const plainLogging = without(
  'colours',
  (source) => source === 'lib0/logging',
  `export const print = (...words) => console.info(...words);
   export const warn = (...words) => console.warn(...words);
   export const ORANGE = '', BOLD = '', UNBOLD = '', RED = '';`,
);

/** Where a page runs is no question; Yjs asks the command line's arguments for it. 0.9 kB gzipped. */
const inBrowser = without(
  'environment',
  (source, importer) => source === 'lib0/environment' || (source === './environment.js' && importer.includes('/lib0/')),
  'export const isBrowser = true, isNode = false; export const getVariable = () => null;',
);

export const slim: Plugin[] = [plainLiterals, plainLogging, inBrowser, ...slimSignalR, ...slimYjs];
