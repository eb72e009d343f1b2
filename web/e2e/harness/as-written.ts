import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The fenced blocks of one language in a page of the repository, in order. */
export function blocksIn(page: string, language: 'sh' | 'html'): string[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)]
    .filter(([, which]) => which === language)
    .map(([, , block]) => block!);
}

/** The lines of those blocks that begin so. */
export const linesIn = (blocks: string[], start: RegExp): string[] =>
  blocks.flatMap((block) => block.split('\n')).filter((line) => start.test(line));

/** What a shell that has run these lines hands on, as far as it is about rooms. */
export function exportedBy(lines: string[]): Record<string, string> {
  const all = execFileSync('bash', ['-ec', [...lines, 'env -0'].join('\n')], { encoding: 'utf8' }).split('\0');
  const pairs = all.map((each) => /^([^=]+)=([\s\S]*)$/.exec(each)?.slice(1) as [string, string] | undefined);
  return Object.fromEntries(
    pairs.filter((pair) => pair && /^(SessionRoom__|SESSION_ROOM|WEBHOOK_)/.test(pair[0])) as [string, string][],
  );
}

/** A line of a page that starts a program, running; it and all that it started end with `stop`. */
export class Program {
  private constructor(private readonly child: ChildProcess) {}

  /** Resolves once it has printed that it listens at `address`. */
  static async start(line: string, folder: string, env: Record<string, string>, address: string): Promise<Program> {
    const child = spawn('bash', ['-c', line], {
      cwd: resolve(root, folder),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env, NO_COLOR: '1' },
    });
    let output = '';
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`${line}: ${why}\n${output}`));
      const tooLate = setTimeout(() => fail('did not say where it listens'), 60_000);
      const read = (chunk: Buffer) => {
        output += chunk.toString();
        if (!output.includes(address)) return;
        clearTimeout(tooLate);
        resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', (code) => fail(`ended with ${code}`));
    });
    return new Program(child);
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    process.kill(-child.pid, 'SIGKILL');
    await gone;
  }
}
