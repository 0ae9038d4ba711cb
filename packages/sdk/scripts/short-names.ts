import { minify } from 'terser';
import type { Plugin } from 'vite';
import { internalNames, memberNames } from './internal-names.ts';

/** Gives internal members other names in all code of ours, tests too: what passes so does not care what they are called. */
export function shortNames(): Plugin {
  const properties = memberNames();
  const key = [...internalNames().names].sort().join();
  return {
    name: 'short-names',
    enforce: 'post',
    // What is made of a file depends on the names in all of them, and Vitest keeps it from one run to the next.
    configureVitest: ({ defineCacheKeyGenerator }) => defineCacheKeyGenerator(() => key),
    async transform(code, id) {
      if (!/\.tsx?$/.test(id) || id.includes('/node_modules/')) return null;
      // Servers and tests have streams and files of the platform, whose words the SDK may use as its own.
      const mangle = { properties: { ...(await properties), builtins: false, debug: true } };
      return (await minify(code, { module: true, compress: false, mangle })).code ?? null;
    },
  };
}
