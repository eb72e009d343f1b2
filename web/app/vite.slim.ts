import type { Plugin } from 'vite';

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
    .replace(/;\}/g, '}');
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
 * The pages speak WebSockets and nothing else (`transport` in the client's link), every browser that has those has
 * `fetch`, and the client resumes by itself: what SignalR would bring along for others stays out. 2.4 kB gzipped.
 */
const oneTransport = without(
  'transports',
  (source, importer) =>
    importer.includes('@microsoft/signalr/') &&
    /\/(LongPollingTransport|ServerSentEventsTransport|XhrHttpClient|MessageBuffer)$/.test(source),
  `export class LongPollingTransport {} export class ServerSentEventsTransport {}
   export class XhrHttpClient {} export class MessageBuffer {}`,
);

/**
 * SignalR's log is switched off (`configureLogging` in the client's link) and the client reconnects by itself: what the
 * library would say, and what it would do for others, stays out. 1.8 kB gzipped.
 */
const slimSignalR: Plugin = {
  name: 'slim-signalr',
  apply: 'build',
  enforce: 'pre',
  transform: (code, id) => {
    if (!id.includes('@microsoft/signalr/')) return undefined;
    const silent = code.replaceAll('\r', '').replace(/^ *(this\._)?logger\.log\(.*\);$/gm, ';');
    const name = /(\w+)\.js$/.exec(id)?.[1] ?? '';
    return withoutMethods(silent, name, unused[name] ?? []);
  },
};

/** What SignalR does for those who stream, or leave reconnecting to it; by file and class. */
const unused: Record<string, string[]> = {
  HubConnection: [
    '_reconnect',
    'stream',
    'onreconnecting',
    'onreconnected',
    '_createStreamInvocation',
    '_createCancelInvocation',
    '_getNextRetryDelay',
  ],
  HubConnectionBuilder: ['withAutomaticReconnect', 'withStatefulReconnect', 'withKeepAliveInterval'],
};

/** Takes methods that nobody calls out of a class. */
function withoutMethods(code: string, name: string, methods: readonly string[]): string {
  if (methods.length === 0) return code;
  const declaration = new RegExp(`^(?:export )?class ${name}(?: extends \\w+)? \\{\\n[^]*?^\\}$`, 'm');
  if (!declaration.test(code)) throw new Error(`There is no ${name} any more.`);
  return code.replace(declaration, (body) =>
    methods.reduce((rest, method) => {
      const pattern = new RegExp(`^( +)(?:async )?${method} ?\\([^]*?^\\1\\}$`, 'm');
      if (!pattern.test(rest)) throw new Error(`${name} has changed, it has no ${method}.`);
      return rest.replace(pattern, '');
    }, body),
  );
}

/** Nothing is preloaded beside a dynamic import (`resolveDependencies`), so the helper for that does nothing. 0.5 kB. */
const plainImports: Plugin = {
  name: 'plain-imports',
  apply: 'build',
  enforce: 'pre',
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined),
};

/**
 * Yjs logs in colours, by way of a library that makes whole documents. What it has to say is rare and reads as well
 * without; the names are those that Yjs imports. 2.8 kB gzipped.
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

/** Classes of Yjs that no page uses, and what is left of them. Each declaration ends with a brace in the first column. */
const bareClasses: Record<string, string> = {
  // Boards are written in the updates' first format; the codecs of the second are never called. 1 kB gzipped.
  UpdateEncoderV2: '{}',
  UpdateDecoderV2: '{}',
  DSEncoderV2: '{}',
  DSDecoderV2: '{}',
  // A board has no XML of ours; what others put there is kept and passed on, and nobody walks through it. 1.6 kB gzipped.
  YXmlTreeWalker: '{}',
  YXmlEvent: '{}',
  YXmlFragment: `extends AbstractType {
    _copy() { return new YXmlFragment(); }
    _write(encoder) { encoder.writeTypeRef(YXmlFragmentRefID); }
  }`,
  YXmlElement: `extends YXmlFragment {
    constructor(nodeName) { super(); this.nodeName = nodeName; }
    _copy() { return new YXmlElement(this.nodeName); }
    _write(encoder) { encoder.writeTypeRef(YXmlElementRefID); encoder.writeKey(this.nodeName); }
  }`,
  YXmlHook: `extends YMap {
    constructor(hookName) { super(); this.hookName = hookName; }
    _copy() { return new YXmlHook(this.hookName); }
    _write(encoder) { encoder.writeTypeRef(YXmlHookRefID); encoder.writeKey(this.hookName); }
  }`,
  YXmlText: `extends YText {
    _copy() { return new YXmlText(); }
    _write(encoder) { encoder.writeTypeRef(YXmlTextRefID); }
  }`,
};

/**
 * Methods that nobody here calls. Board texts have no formats: what others give them is kept, and nobody gives, reads or
 * tidies any. 1.3 kB gzipped.
 */
const uncalled: Record<string, string[]> = {
  YText: [
    'applyDelta',
    'toDelta',
    'insertEmbed',
    'format',
    'removeAttribute',
    'setAttribute',
    'getAttribute',
    'getAttributes',
    'clone',
  ],
  YEvent: ['get keys', 'get delta', 'get changes'],
  YTextEvent: ['get changes'],
  UndoManager: ['addTrackedOrigin', 'removeTrackedOrigin'],
  YArray: ['clone', 'unshift', 'slice'],
  YMap: ['clone', 'clear'],
  Doc: ['toJSON', 'getSubdocs', 'getSubdocGuids', 'getXmlElement', 'getXmlFragment'],
};

export function slimYjs(code: string): string {
  const found = new Set<string>();
  const slimmer = code.replace(/^class (\w+)(?: extends \w+)? \{\n[^]*?^\}$/gm, (whole, name: string) => {
    if (!(name in bareClasses)) return whole;
    found.add(name);
    return `class ${name} ${bareClasses[name]}`;
  });
  const missing = Object.keys(bareClasses).filter((name) => !found.has(name));
  if (missing.length > 0) throw new Error(`Yjs has changed, it has no ${missing.join(', ')}.`);
  return Object.entries(uncalled)
    .reduce((rest, [name, methods]) => withoutMethods(rest, name, methods), slimmer)
    .replace(/^const cleanupYTextAfterTransaction = [^]*?^\};$/m, 'const cleanupYTextAfterTransaction = () => {};');
}

const slimmerYjs: Plugin = {
  name: 'slim-yjs',
  apply: 'build',
  enforce: 'pre',
  transform: (code, id) => (id.endsWith('/yjs/dist/yjs.mjs') ? slimYjs(code) : undefined),
};

export const slim: Plugin[] = [
  plainLiterals,
  oneTransport,
  slimSignalR,
  plainImports,
  plainLogging,
  inBrowser,
  slimmerYjs,
];
