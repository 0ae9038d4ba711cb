import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

const NOT_OURS = ['**/node_modules/**', '**/dist/**', '**/data/**'];
/** Tests that need a service, each kind in a project of its own, so that its absence is one loud line. */
const SERVICES = ['**/*.pg.test.ts', '**/*.nats.test.ts'];
/**
 * Tests that start threads, as servers do, have a process for each file: where Node has not kept what it stripped of types (bin/launcher.js),
 * each thread does it by WebAssembly, and Node 24 now and then crashes in a process in which much of that came and went
 * (`Check failed: jit_page.has_value()`). The component runtime of WeChat is among them: it leaves its process such that a simulation
 * after it takes another course.
 */
const APART = [
  'packages/{server,objects,store}/**/*.test.ts',
  'tests/{conformance,crash,e2e,fuzz,mini-program,power-loss}/**/*.test.ts',
];

/** Node takes these over for what is not bundled, and knows no `module`: packages hide a bundler's files there. */
const NODE_CONDITIONS = defaultServerConditions.filter((name) => name !== 'module');

export default defineConfig({
  // A published package is tested as its sources, not as what was built of it some time ago.
  ssr: { resolve: { conditions: ['@sterna/source', ...NODE_CONDITIONS] } },
  test: {
    // Nothing here waits for time to pass; a busy machine is no failure.
    testTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
    // On two cores Vitest would keep one to itself, and a third of a file's time is waiting for a disk or a socket.
    maxWorkers: 2,
    // Loading what is tested took two fifths of the time when each file did it anew. No test may leave anything behind.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{packages,apps,tests,bench,bin,scripts}/**/*.test.{ts,tsx}'],
          exclude: [...NOT_OURS, ...SERVICES, ...APART],
        },
      },
      {
        extends: true,
        test: { name: 'unit apart', include: APART, exclude: [...NOT_OURS, ...SERVICES], isolate: true },
      },
      'packages/sdk/scripts/vitest.short-names.config.ts',
      {
        // The SDK's conformance tests once more, as a mini program. Files are of the host: `tests/mini-program/real` sends them.
        extends: true,
        test: {
          name: 'mini-program',
          include: ['tests/sdk/**/*.test.ts'],
          exclude: [...NOT_OURS, 'tests/sdk/upload*.test.ts'],
          setupFiles: 'tests/mini-program/conformance/on-the-host.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'pg',
          include: ['{packages,tests}/**/*.pg.test.ts'],
          exclude: NOT_OURS,
          isolate: true,
          globalSetup: 'tests/environment/require-postgres.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'nats',
          include: ['{packages,tests}/**/*.nats.test.ts'],
          exclude: NOT_OURS,
          isolate: true,
          globalSetup: 'tests/environment/require-nats.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.e2e.ts'],
          exclude: NOT_OURS,
          isolate: true,
          globalSetup: 'tests/e2e/fresh-builds.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Bundles made by these tests are what users get: with `test` React would be its slow development build.
          env: { NODE_ENV: 'production' },
          // A browser mostly waits: two files at once keep two cores busy. Each has a server of its own.
          maxWorkers: 2,
        },
      },
    ],
  },
});
