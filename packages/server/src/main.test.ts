import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLOSE } from '@sterna/protocol';
import { verify } from '@sterna/usersig';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { connectClient } from '../../../tests/protocol-client/client.ts';
import { openDataFolder } from './adapters/data-folder.ts';
import { spawnServer } from './testing/spawn-server.ts';

// Every test starts processes, and a busy machine takes seconds for each.
vi.setConfig({ testTimeout: 60_000 });

const DEVELOPMENT = { STERNA_SDKAPPID: undefined, STERNA_SECRET_KEY: undefined };
const CLI = fileURLToPath(new URL('cli.ts', import.meta.url));

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sterna-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs `sterna …` to its end. */
function sterna(args: readonly string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  return { status, stdout, stderr };
}

describe('the process', () => {
  test('starts in development mode, says where, and drains on SIGTERM', async () => {
    await using server = await spawnServer({ env: DEVELOPMENT });
    const { url, wsURL } = await server.ready;
    expect(server.stdout.join('\n')).toMatch(/^Sterna \d+\.\d+\.\d+ is ready: http:\/\/127\.0\.0\.1:\d+\/$/m);
    await expect.poll(() => server.stdout.join('\n')).toContain('Development mode');
    expect(server.stdout.join('\n')).toContain(server.data);
    expect(server.stdout.join('\n')).toMatch(/^Files go to http:\/\/127\.0\.0\.1:\d+$/m);
    expect(((await stat(join(server.data, 'development-secret'))).mode & 0o777).toString(8)).toBe('600');

    const credentials = (await (await fetch(`${url}/dev/usersig?userID=alice`)).json()) as {
      SDKAppID: number;
      userSig: string;
    };
    const client = await connectClient(wsURL);
    await client.login({ ...credentials, userID: 'alice' });
    server.signal('SIGTERM');
    expect((await client.closed).code).toBe(CLOSE.goingAway);
    expect(await server.exited).toEqual({ code: 0, signal: null });
    for (const line of server.stderr) expect(JSON.parse(line)).toMatchObject({ level: 'info' });
  });

  test('a second signal ends it at once', async () => {
    await using server = await spawnServer({ env: { STERNA_DRAIN_SECONDS: '600' } });
    const { wsURL, credentials } = await server.ready;
    await using client = await connectClient(wsURL);
    await client.login(credentials('alice'));
    // A client that does not answer the close frame makes the drain last.
    client.pause();
    server.signal('SIGINT');
    await expect.poll(() => server.stderr.some((line) => line.includes('stopping'))).toBe(true);
    server.signal('SIGINT');
    expect((await server.exited).code).toBe(1);
  });

  test.each<[string, Record<string, string | undefined>, string]>([
    ['a short secret', { STERNA_SECRET_KEY: 'tooshort' }, 'STERNA_SECRET_KEY has 8 characters'],
    ['no secret', { STERNA_SECRET_KEY: undefined }, 'STERNA_SECRET_KEY is not'],
    ['an empty secret', { STERNA_SECRET_KEY: '', HOST: '0.0.0.0' }, 'STERNA_SECRET_KEY is set but empty'],
    ['a typo', { STERNA_SECRETKEY: 'x' }, 'STERNA_SECRETKEY is no setting'],
    ['production without an app', { ...DEVELOPMENT, NODE_ENV: 'production' }, 'no app is'],
    [
      'a database that does not answer',
      { STERNA_DATABASE_URL: 'postgres://u:p@127.0.0.1:1/d' },
      'PostgreSQL does not answer at 127.0.0.1:1',
    ],
    ['an address of another machine', { HOST: '192.0.2.1' }, 'is no address of this machine'],
    ['a data folder that is a file', { STERNA_DATA: fileURLToPath(import.meta.url) }, 'cannot be used'],
  ])('%s stops the start with one sentence and exit 1', async (_, env, sentence) => {
    await using server = await spawnServer({ env });
    expect((await server.exited).code).toBe(1);
    expect(server.stderr).toEqual([expect.stringMatching(/^sterna: /)]);
    expect(server.stderr[0]).toContain(sentence);
    expect(server.stdout).toEqual([]);
  });

  test('a damaged secret of the demo app is one sentence and exit 1', async () => {
    const data = await temporaryFolder();
    await writeFile(join(data, 'development-secret'), 'x\0y');
    await using server = await spawnServer({ env: DEVELOPMENT, data });
    expect((await server.exited).code).toBe(1);
    expect(server.stderr).toEqual([
      expect.stringMatching(`^sterna: ${data}/development-secret is damaged: .* from a backup, or delete it`),
    ]);
    expect(server.stdout).toEqual([]);
  });

  test('development mode that other machines can reach is warned of', async () => {
    await using server = await spawnServer({ env: { ...DEVELOPMENT, HOST: '0.0.0.0' } });
    await server.ready;
    await expect.poll(() => server.stdout.join('\n')).toContain('HOST is 0.0.0.0: other machines can reach');
    // The two pipes are not in step.
    const warnings = () =>
      server.stderr
        .map((line) => JSON.parse(line) as { level: string; event: string })
        .filter(({ level }) => level === 'warn');
    await expect
      .poll(warnings)
      .toMatchObject([{ event: 'development mode is reachable from other machines' }]);
  });

  test.each(['::1', 'localhost'])('and at %s there is nothing to warn of', async (HOST) => {
    await using server = await spawnServer({ env: { ...DEVELOPMENT, HOST } });
    await server.ready;
    await expect.poll(() => server.stdout.join('\n')).toContain('Everything is kept in');
    expect(server.stdout.join('\n')).not.toContain('Attention');
  });

  test('a taken port is one sentence and exit 1', async () => {
    await using first = await spawnServer();
    const { port } = await first.ready;
    await using second = await spawnServer({ env: { PORT: String(port) } });
    expect((await second.exited).code).toBe(1);
    expect(second.stderr).toEqual([
      expect.stringMatching(`port ${port} of 127\\.0\\.0\\.1 is taken .* say with PORT=${port + 1}\\.$`),
    ]);
  });

  test.each([
    ['OBJECTS_PORT', DEVELOPMENT],
    ['STERNA_METRICS_PORT', {}],
  ])('where %s is taken, that is what the sentence says to change', async (variable, env) => {
    await using first = await spawnServer();
    const { port } = await first.ready;
    await using second = await spawnServer({ env: { ...env, [variable]: String(port) } });
    expect((await second.exited).code).toBe(1);
    expect(second.stderr).toEqual([expect.stringContaining(`say with ${variable}=${port + 1}.`)]);
  });

  test.each([
    ['an error that nobody caught', 'throw error', 'uncaught error'],
    ['a rejection that nobody handled', 'Promise.reject(error)', 'unhandled rejection'],
  ])('%s ends it with exit 1 and a line that says where', async (_, statement, event) => {
    const bug = `process.on("SIGUSR2", () => { const error = new TypeError("cannot read 'can" + "ary'"); ${statement}; })`;
    const script = `data:text/javascript,${encodeURIComponent(bug)}`;
    await using server = await spawnServer({ env: { NODE_OPTIONS: `--import=${script}` } });
    await server.ready;
    server.signal('SIGUSR2');
    expect(await server.exited).toEqual({ code: 1, signal: null });
    const line = JSON.parse(server.stderr.at(-1) ?? '{}') as object;
    expect(line).toMatchObject({
      level: 'error',
      event,
      error: { name: 'TypeError', message: 'cannot read …' },
    });
    expect(server.stderr.join('')).not.toContain('canary');
  });

  test.each([
    ['with files', DEVELOPMENT],
    ['without files', {}],
  ])('a data folder that another server uses, %s, is one sentence and exit 1', async (_, env) => {
    await using first = await spawnServer({ env });
    await first.ready;
    await using second = await spawnServer({ data: first.data, env });
    expect((await second.exited).code).toBe(1);
    expect(second.stderr).toEqual([
      `sterna: the data folder ${first.data} is in use by another Sterna; stop that one, or choose another folder with STERNA_DATA.`,
    ]);
  });

  test('an unknown option is the usage and exit 2', async () => {
    await using server = await spawnServer({ args: ['--prot', '80'] });
    expect((await server.exited).code).toBe(2);
    expect(server.stderr.join('\n')).toContain('"--prot" is not an option here');
    expect(server.stderr.join('\n')).toContain('sterna usersig --user NAME');
  });

  test('takes its settings from a file', async () => {
    const secretKeys = ['0e81a5f0c97d3b264a9f01c7be5d842360e5c9b7148d2fa630b8e4d17c26f95a'];
    const config = { host: '127.0.0.2', apps: [{ SDKAppID: 9, secretKeys }] };
    await using server = await spawnServer({ env: DEVELOPMENT, config });
    const { url } = await server.ready;
    expect(new URL(url).hostname).toBe('127.0.0.2');
    expect((await fetch(`${url}/dev/usersig?userID=alice`)).status).toBe(404);
  });
});

describe('the command line', () => {
  test('signs for the demo app with the secret that its server made', async () => {
    const data = join(await temporaryFolder(), 'data');
    openDataFolder(data).developmentSecret();
    const { status, stdout } = sterna(['usersig', '--user', 'alice', '--data', data]);
    expect(status).toBe(0);
    const secretKey = (await readFile(join(data, 'development-secret'), 'utf8')).trim();
    const SDKAppID = 1_400_000_001;
    const nowS = Math.floor(Date.now() / 1000);
    const result = verify({
      userSig: stdout.trim(),
      userID: 'alice',
      SDKAppID,
      secretKeys: [secretKey],
      nowS,
    });
    expect(result).toMatchObject({ ok: true, claims: { userID: 'alice', expireS: 86_400 } });
  });

  test('makes no secret where no server has run: it would sign for nobody', async () => {
    const data = join(await temporaryFolder(), 'data');
    expect(sterna(['usersig', '--user', 'alice', '--data', data])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^sterna: no server has run in development mode in .*\/data; start one/),
    });
    await expect(stat(data)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('signs for the configured app', async () => {
    const secretKey = 'e81a5f0c97d3b264a9f01c7be5d842360e5c9b7148d2fa630b8e4d17c26f95ab';
    const env = { STERNA_SDKAPPID: '7', STERNA_SECRET_KEY: secretKey };
    const { stdout } = sterna(['usersig', '--user=bob', '--expire=60'], env);
    const nowS = Math.floor(Date.now() / 1000);
    const result = verify({
      userSig: stdout.trim(),
      userID: 'bob',
      SDKAppID: 7,
      secretKeys: [secretKey],
      nowS,
    });
    expect(result).toMatchObject({ ok: true, claims: { expireS: 60 } });
    expect(sterna(['usersig', '--user', 'bob', '--app', '8'], env)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: 'sterna: The app 8 is not configured; there is 7.\n',
    });
  });

  test.each<[string[], number, RegExp]>([
    [['--help'], 0, /^Sterna, instant messaging/],
    [['--version'], 0, /^\d+\.\d+\.\d+\n$/],
  ])('%j answers on stdout', (args, status, text) => {
    expect(sterna(args)).toMatchObject({ status, stdout: expect.stringMatching(text), stderr: '' });
  });

  test.each<[string[], number, RegExp]>([
    [['serve'], 2, /^there is no command "serve"\.\n\nSterna, instant/],
    [['usersig'], 2, /^usersig needs --user/],
    [['usersig', '--user', 'x'.repeat(33)], 1, /^sterna: The userID must be 1 to 32/],
  ])('%j is refused on stderr', (args, status, text) => {
    const env = { STERNA_SDKAPPID: '7', STERNA_SECRET_KEY: 'e81a5f0c97d3b264a9f01c7be5d842360e5c9b71' };
    expect(sterna(args, env)).toMatchObject({
      status,
      stdout: '',
      stderr: expect.stringMatching(text),
    });
  });
});
