import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createSigner, type Credentials, TEST_APP_ID, TEST_KEY } from './test-app.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** A start that takes longer has failed. */
const START_MS = 30_000;

export interface SpawnOptions {
  /** A data folder to keep; without one a temporary folder lives as long as the handle. */
  data?: string;
  /** The configuration file's content. */
  config?: Record<string, unknown>;
  /** More variables, or other values; `undefined` unsets one. */
  env?: Record<string, string | undefined>;
  args?: readonly string[];
}

/** How a process ended. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A process of ours, from its start to its end. Disposing of it kills it if it still runs. */
export interface ServerProcess extends AsyncDisposable {
  readonly pid: number;
  readonly data: string;
  readonly exited: Promise<Exit>;
  /** Everything it has said so far. */
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  /** Resolves when it says that it is ready; rejects when it ends before. */
  readonly ready: Promise<SpawnedServer>;
  signal(name: NodeJS.Signals): void;
  /** The end that no process can prepare for. */
  kill9(): Promise<Exit>;
}

/** Where a running process serves. */
export interface SpawnedServer {
  readonly url: string;
  readonly wsURL: string;
  readonly port: number;
  readonly SDKAppID: number;
  credentials(userID: string, expireS?: number): Credentials;
}

/** Starts the real server as a child process, on a free port, with one configured app. Does not wait for it to be ready. */
export async function spawnServer(options: SpawnOptions = {}): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'sterna-'));
  const data = options.data ?? join(folder, 'data');
  const config = join(folder, 'config.json');
  await writeFile(config, JSON.stringify(options.config ?? {}));
  const child = spawn(process.execPath, [MAIN, ...(options.args ?? [])], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment({ STERNA_DATA: data, STERNA_CONFIG: config, ...options.env }),
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('the server could not be started as a process');
  const exited = new Promise<Exit>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  );
  const stdout: string[] = [];
  const stderr: string[] = [];
  const ready = Promise.withResolvers<SpawnedServer>();
  // Whoever never waits for a server that is killed while it starts has nothing to hear of it.
  ready.promise.catch(() => undefined);
  readLines(child.stdout, (line) => {
    stdout.push(line);
    const url = /is ready: (http:\/\/\S+)\/$/.exec(line)?.[1];
    if (url !== undefined) ready.resolve(serverAt(url));
  });
  readLines(child.stderr, (line) => stderr.push(line));
  const late = setTimeout(
    () => ready.reject(new Error(`not ready in ${START_MS} ms: ${stderr.join('\n')}`)),
    START_MS,
  );
  void exited.then(({ code, signal }) => {
    clearTimeout(late);
    ready.reject(new Error(`ended with ${code ?? signal} before it was ready: ${stderr.join('\n')}`));
  });
  const kill9 = (): Promise<Exit> => {
    child.kill('SIGKILL');
    return exited;
  };
  return {
    pid,
    data,
    exited,
    stdout,
    stderr,
    ready: ready.promise,
    signal: (name) => void child.kill(name),
    kill9,
    async [Symbol.asyncDispose]() {
      await kill9();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function environment(own: Record<string, string | undefined>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:STERNA_|NODE_|VITEST)|^(?:PORT|HOST)$/.test(name),
  );
  const app = { STERNA_SDKAPPID: String(TEST_APP_ID), STERNA_SECRET_KEY: TEST_KEY };
  return { ...Object.fromEntries(inherited), PORT: '0', ...app, ...own };
}

function readLines(stream: ChildProcess['stdout'], take: (line: string) => void): void {
  if (stream !== null) createInterface({ input: stream }).on('line', take);
}

function serverAt(url: string): SpawnedServer {
  const { host, port } = new URL(url);
  return {
    url,
    wsURL: `ws://${host}/ws`,
    port: Number(port),
    SDKAppID: TEST_APP_ID,
    credentials: createSigner(TEST_APP_ID, TEST_KEY),
  };
}
