import { fileURLToPath } from 'node:url';
import { minify } from 'terser';
import { build, minifySync } from 'vite';
import { memberNames } from './internal-names.ts';

/** The folder of this package, with a slash at its end. */
export const packageFolder = fileURLToPath(new URL('..', import.meta.url));

export interface Bundle {
  /** The text of the module to bundle; its imports are relative to the package. */
  source: string;
  /** `umd` and `cjs` files export one value, the default of the source. */
  format: 'es' | 'cjs' | 'umd';
  target: 'es2015' | 'es2018';
  /** Takes seconds more for a few hundred bytes less: for what a page or a mini program loads as it is. */
  smallest?: boolean;
}

/** A file that does not exist: the source stands in for it. */
const ENTRY = `${packageFolder}entry.ts`;

/** Bundles one module into one minified file and returns its text; nothing is written. */
export async function bundle({ source, format, target, smallest = false }: Bundle): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    root: packageFolder,
    plugins: [
      {
        name: 'source',
        enforce: 'pre',
        resolveId: (id) => (id === ENTRY ? ENTRY : null),
        load: (id) => (id === ENTRY ? source : null),
      },
    ],
    build: {
      write: false,
      target,
      minify: !smallest,
      // A library's ES output would keep its spaces for the next bundler; ours is small on disk and in a page as well.
      rolldownOptions: { output: { minify: !smallest } },
      lib: { entry: ENTRY, name: 'TIM', formats: [format], fileName: 'bundle' },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((each) =>
    'output' in each ? each.output : [],
  );
  const [chunk, ...more] = outputs;
  if (chunk?.type !== 'chunk' || more.length > 0) throw new Error(`${source} gave more than one file`);
  return smallest ? await minified(chunk.code, format, target) : chunk.code;
}

/**
 * A kilobyte smaller than what the bundler's own minifier leaves; that has the last word on punctuation. Comparisons stay as they
 * are: negated into one another, `unsafe_comps` of the minifier, they say something else of what is no number.
 */
async function minified(code: string, format: Bundle['format'], target: Bundle['target']): Promise<string> {
  const isModule = format === 'es';
  const compress = {
    passes: 2,
    inline: 0,
    lhs_constants: false,
    unsafe_arrows: true,
    pure_getters: true,
    keep_fargs: false,
  };
  const isOld = target === 'es2015';
  const options = { ecma: isOld ? 2015 : 2018, module: isModule, toplevel: true, compress } as const;
  const once = await minify(code, { ...options, mangle: { properties: await memberNames() } });
  // The language of 2015 leaves it more to do a second time.
  const { code: smaller } = isOld && once.code !== undefined ? await minify(once.code, options) : once;
  if (smaller === undefined) throw new Error('The minifier gave nothing');
  return minifySync('bundle.js', smaller, {
    module: isModule,
    compress: { target },
    mangle: false,
  }).code.trim();
}
