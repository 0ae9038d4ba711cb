import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import webpack5 from 'webpack';
import webpack4 from 'webpack4';

export type Bundler = 'webpack 4' | 'webpack 5' | 'Vite';

export interface Bundling {
  /** The application's, where its packages are installed. */
  folder: string;
  entry: string;
  output: string;
  mode?: 'development' | 'production';
  alias?: Record<string, string>;
  /** For the process that renders pages, whose exports it hands out, instead of for a page. */
  onServer?: boolean;
}

/** Bundles as an application's own build would, with the tool as it comes; a warning is a failure. */
export async function bundleWith(bundler: Bundler, bundling: Bundling): Promise<void> {
  if (bundler === 'Vite') return bundleWithVite(bundling);
  const { folder, entry, output, mode = 'production', alias = {}, onServer = false } = bundling;
  const options = {
    mode,
    entry,
    context: folder,
    devtool: false as const,
    target: onServer ? 'node' : 'web',
    resolve: { alias },
    ...(onServer && { optimization: { minimize: false } }),
    output: {
      path: dirname(output),
      filename: basename(output),
      // The hash of webpack 4, md4, is gone from today's OpenSSL.
      hashFunction: 'sha256',
      ...(onServer && { libraryTarget: 'commonjs2' }),
    },
  };
  const found =
    bundler === 'webpack 5' ? await runWebpack(webpack5(options)) : await runWebpack(webpack4(options));
  if (found.length > 0) throw new Error(`${bundler}: ${found.join('\n')}`);
}

interface Compiler {
  run(done: (error: Error | null, stats?: Stats) => void): void;
}
interface Stats {
  toJson(options: object): { errors?: unknown[]; warnings?: unknown[] };
}

async function runWebpack(compiler: Compiler | null): Promise<string[]> {
  if (compiler === null) throw new Error('webpack makes no compiler of these options');
  const stats = await promisify<Stats | undefined>((done) => compiler.run(done))();
  const { errors = [], warnings = [] } = stats?.toJson({ all: false, errors: true, warnings: true }) ?? {};
  return [...errors, ...warnings].map((each) => (typeof each === 'string' ? each : JSON.stringify(each)));
}

async function bundleWithVite({ folder, entry, output }: Bundling): Promise<void> {
  await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: dirname(output),
      emptyOutDir: false,
      rolldownOptions: { input: entry, output: { entryFileNames: basename(output) } },
    },
  });
}
