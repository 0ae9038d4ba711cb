import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Project } from './package.ts';

const tsc = fileURLToPath(new URL('../../../node_modules/.bin/tsc', import.meta.url));

/** How an application finds its packages: by what reads its code, and so by the name of the file. */
export const READERS = [
  ['a bundler', { module: 'esnext', moduleResolution: 'bundler' }, 'app.ts'],
  ['Node, ES modules', { module: 'nodenext', moduleResolution: 'nodenext' }, 'app.mts'],
  ['Node, CommonJS', { module: 'nodenext', moduleResolution: 'nodenext' }, 'app.cts'],
] as const;

/** Compiles one file of an application as strictly as there is, and without a page's types. Returns what the compiler has to say. */
export function compile(app: Project, file: string, code: string, options: object): string {
  const compilerOptions = {
    ...options,
    target: 'es2018',
    lib: ['es2018'],
    types: [],
    strict: true,
    noUnusedLocals: true,
    skipLibCheck: false,
    exactOptionalPropertyTypes: true,
    noEmit: true,
  };
  app.write(file, code);
  app.write('tsconfig.json', JSON.stringify({ compilerOptions, files: [file] }));
  try {
    return execFileSync(tsc, ['-p', app.folder], { cwd: app.folder, encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
