import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryStore } from '@sterna/core/testing';
import * as v from 'valibot';
import { cryptoRandom } from '../adapters/crypto-random.ts';
import { buildServer, type ServerOptions } from '../build-server.ts';
import { configuration, type AppConfiguration } from '../config/settings.ts';
import { createLog } from '../logger.ts';
import { createSigner, type Credentials, TEST_APP_ID, TEST_KEY } from './test-app.ts';

/** Far beyond what a test does by accident, so that limits are met only where a test asks for them. */
const ROOMY = {
  strangersPerAddress: 5000,
  connectsPerSecond: 5000,
  requestsPerSecond: 100_000,
  requestBurst: 100_000,
};

export interface StartOptions {
  /** Fields of `sterna.config.json`; the app is made when none is named. */
  config?: Record<string, unknown>;
  /** Changes to the one app that is made. */
  app?: Partial<AppConfiguration>;
  /** Development mode: the demo app, its users and its routes. */
  development?: boolean;
  /** A data folder to keep; without one a temporary folder lives as long as the server. */
  data?: string;
  /** The engine: `memory` is fast and forgets. */
  store?: 'memory' | 'configured';
  pages?: string;
  /** Lines of the log; dropped when nobody asks for them. */
  onLogLine?: (line: string) => void;
  onFatal?: (error: unknown) => void;
}

/** A server in this process, on a free port. */
export interface TestServer extends AsyncDisposable {
  /** Where its pages are, without a slash at the end. */
  readonly url: string;
  readonly wsURL: string;
  readonly port: number;
  readonly SDKAppID: number;
  userSig(userID: string, expireS?: number): string;
  /** What a login frame needs. */
  credentials(userID: string, expireS?: number): Credentials;
  stop(): Promise<void>;
}

/** `await using server = await startServer()`: up when it resolves, gone with everything it made when the block ends. */
export async function startServer(options: StartOptions = {}): Promise<TestServer> {
  await using parts = new AsyncDisposableStack();
  const data = options.data ?? (await temporaryFolder(parts));
  const development = options.development === true;
  const app = { SDKAppID: TEST_APP_ID, secretKeys: [TEST_KEY], ...options.app };
  const { limits, ...config }: Record<string, unknown> = options.config ?? {};
  const settings = v.parse(configuration, {
    port: 0,
    data,
    drainSeconds: 2,
    ...(!development && { apps: [app] }),
    ...config,
    limits: { ...ROOMY, ...(typeof limits === 'object' && limits) },
  });
  const server = await buildServer({
    settings: { ...settings, mode: development ? 'development' : 'production' },
    log: createLog(options.onLogLine === undefined ? 'silent' : 'debug', {
      write: (line) => options.onLogLine?.(line),
    }),
    onFatal:
      options.onFatal ??
      ((error) => {
        throw error;
      }),
    ...(options.store !== 'configured' && { openStore: memoryStore }),
    ...(options.pages !== undefined && { pages: options.pages }),
  });
  parts.defer(() => server.stop());
  const [{ SDKAppID, secretKeys } = app] = server.apps;
  const credentials = createSigner(SDKAppID, secretKeys[0] ?? '');
  const owned = parts.move();
  return {
    url: server.url.slice(0, -1),
    wsURL: `ws://127.0.0.1:${server.port}/ws`,
    port: server.port,
    SDKAppID,
    userSig: (userID, expireS) => credentials(userID, expireS).userSig,
    credentials,
    stop: () => owned.disposeAsync(),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

const memoryStore: NonNullable<ServerOptions['openStore']> = async ({ clock }) =>
  createMemoryStore({ clock, random: cryptoRandom, decideTwice: false });

async function temporaryFolder(parts: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sterna-'));
  parts.defer(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
