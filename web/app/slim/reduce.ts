import type { Plugin } from 'vite';

interface Node {
  type: string;
  start: number;
  end: number;
}
interface Named extends Node {
  id?: { name: string } | null;
  key?: { name?: string };
  init?: Node | null;
  value?: { body: Node };
  body?: { body: Named[] };
  declaration?: Named | null;
  declarations?: Named[];
}

/** What of a library's module the pages have no use for, by the names it has there. */
export interface Reduction {
  /** How the module's file ends. */
  module: string;
  /** `name` of the module or `Class.member`; a getter and its setter are one. */
  without?: readonly string[];
  /** Another body for a method or function, another value for a constant. */
  instead?: Readonly<Record<string, string>>;
  /** What is read differently everywhere in the module, after all of the above. */
  edits?: readonly (readonly [RegExp, string])[];
}

/** Takes parts out of a library's module. A name or a place that is not there any more stops the build. */
export function reduce({ module, without = [], instead = {}, edits = [] }: Reduction): Plugin {
  return {
    name: `reduce-${module}`,
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith(module)) return undefined;
      const parts = namedParts((this.parse(code) as unknown as { body: Named[] }).body);
      const found = (name: string) => {
        const nodes = parts.get(name);
        if (!nodes) throw new Error(`${module} has no ${name}.`);
        return nodes;
      };
      const changes = [
        ...without.flatMap((name) => found(name).map(({ whole }) => ({ ...whole, text: '' }))),
        ...Object.entries(instead).flatMap(([name, text]) =>
          found(name).map(({ inner }) => ({ ...inner, text: code[inner.start] === '{' ? `{${text}}` : text })),
        ),
      ].sort((a, b) => b.start - a.start);
      for (const { start, end, text } of changes) code = code.slice(0, start) + text + code.slice(end);
      for (const [what, text] of edits) {
        if (code.search(what) < 0) throw new Error(`${module} has no ${what.source}.`);
        code = code.replace(what, text);
      }
      return { code, map: null };
    },
  };
}

/** Each part under its name: the whole of it, and what is inside its braces or after its equals sign. */
function namedParts(body: readonly Named[]): Map<string, { whole: Node; inner: Node }[]> {
  const parts = new Map<string, { whole: Node; inner: Node }[]>();
  const add = (name: string | undefined, whole: Node, inner: Node) => {
    if (name) parts.set(name, [...(parts.get(name) ?? []), { whole, inner }]);
  };
  for (const statement of body) {
    const node = statement.declaration ?? statement;
    if (node.type === 'VariableDeclaration') {
      for (const each of node.declarations ?? []) add(each.id?.name, statement, each.init ?? each);
    } else if (node.type === 'ClassDeclaration') {
      add(node.id?.name, statement, node);
      for (const member of node.body?.body ?? [])
        if (member.key?.name) add(`${node.id?.name}.${member.key.name}`, member, member.value?.body ?? member);
    } else if (node.type === 'FunctionDeclaration') {
      add(node.id?.name, statement, node.body as unknown as Node);
    }
  }
  return parts;
}
