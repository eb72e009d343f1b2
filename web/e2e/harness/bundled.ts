import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

/** A script of this folder with all that it imports, as one that a page can load. */
export async function bundled(name: string): Promise<string> {
  const entry = fileURLToPath(new URL(name, import.meta.url));
  const [bundle] = (await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'harness' } },
  })) as Rolldown.RolldownOutput[];
  return bundle!.output[0].code;
}
