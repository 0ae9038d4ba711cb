/** Where a workspace stands: which of ours it may import, and which of Node's modules. */
export type Layer = {
  imports: readonly string[];
  /** Imported for their types alone, but for the sub-paths listed in `imports`. */
  typesOnly?: readonly string[];
  /** Node modules that are plain computation (no IO, no clock), open to the whole package. */
  node?: readonly string[];
};

/** The arrows of ARCHITECTURE.md. A workspace that has no row may import nothing of ours. */
export const LAYERS: Readonly<Record<string, Layer>> = {
  '@sterna/protocol': { imports: [] },
  '@sterna/usersig': { imports: [], node: ['node:buffer', 'node:crypto', 'node:zlib'] },
  '@sterna/objects': { imports: [], node: ['node:buffer', 'node:crypto'] },
  '@sterna/core': { imports: ['@sterna/protocol'] },
  '@sterna/store': { imports: ['@sterna/core', '@sterna/protocol'] },
  '@sterna/bus': { imports: ['@sterna/core', '@sterna/protocol'] },
  '@sterna/server': {
    imports: [
      '@sterna/bus',
      '@sterna/core',
      '@sterna/objects',
      '@sterna/protocol',
      '@sterna/store',
      '@sterna/usersig',
    ],
  },
  '@sterna/sdk': { imports: ['@sterna/protocol/tables'], typesOnly: ['@sterna/protocol'] },
  '@sterna/sdk-wx': { imports: ['@sterna/sdk'] },
  '@sterna/chat': { imports: ['tim-js-sdk'] },
};

/**
 * The adapters: the only sources that may touch the clock, randomness, timers, sockets, files or Node's modules.
 * Everything else takes them as arguments, so that a simulation can run it.
 */
export const ADAPTERS: readonly string[] = [
  'packages/server/src/{main,build-server,cli}.ts',
  'packages/server/src/adapters/**',
  'packages/store/src/{sqlite,postgres}/**',
  'packages/bus/src/nats/**',
  'packages/objects/src/adapters/**',
  'packages/sdk/src/platform/**',
  'packages/sdk-wx/src/platform/**',
];

/** Sources that run only in tests: they may open sockets and wait, but stay seeded. */
export const TEST_SOURCES: readonly string[] = [
  '**/*.{test,contract,bench,e2e}.{ts,tsx}',
  'packages/*/src/testing/**',
  'packages/*/src/**/testing/**',
];

/** Globals that reach the platform, with the port to ask instead. */
export const PLATFORM_GLOBALS: Readonly<Record<string, string>> = {
  setTimeout: 'Ask the clock port for a timer.',
  setInterval: 'Ask the clock port for a timer.',
  setImmediate: 'Ask the clock port for a timer.',
  performance: 'Ask the clock port for the time.',
  fetch: 'Ask the port of the service you need.',
  WebSocket: 'Ask the socket port.',
  XMLHttpRequest: 'Ask the port of the service you need.',
  crypto: 'Ask the ids port, or a digest port.',
  process: 'Take configuration as an argument.',
  localStorage: 'Ask the platform port for storage.',
  console: 'Log through the logger that you were given.',
};

/** Members that reach the clock or randomness although their object is the language's own. */
export const PLATFORM_MEMBERS: Readonly<Record<string, string>> = {
  'Date.now': 'Ask the clock port for the time.',
  'Math.random': 'Ask the random port, which a seed can replay.',
};
