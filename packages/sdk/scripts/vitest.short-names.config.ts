import { fileURLToPath } from 'node:url';
import { defaultServerConditions } from 'vite';
import { defineProject } from 'vitest/config';
import { shortNames } from './short-names.ts';

/** All tests of the SDK once more: in what is published members have short names, and nothing may depend on the long ones. */
export default defineProject({
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  plugins: [shortNames()],
  ssr: { resolve: { conditions: ['@sterna/source', ...defaultServerConditions] } },
  test: {
    name: 'short names',
    include: ['packages/sdk/src/**/*.test.ts', 'tests/sdk/**/*.test.ts'],
    isolate: false,
    testTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
