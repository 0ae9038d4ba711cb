import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chooseNode } from './choose-node.js';
import { plan } from './launcher.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A checkout of the launcher alone, its server a stub, under a path that shells would split. */
let checkout = '';

const STUB = `
process.on('SIGTERM', () => { console.log('stub drains'); process.exit(7); });
console.log(JSON.stringify({ args: process.argv.slice(2), major: Number(process.versions.node.split('.')[0]) }));
const [what, value] = process.argv.slice(2);
if (what === 'exit') process.exit(Number(value));
if (what === 'die') process.kill(process.pid, 'SIGKILL');
if (what === 'wait') setInterval(() => {}, 1000);
`;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(checkout, path)), { recursive: true });
  writeFileSync(join(checkout, path), text);
}

beforeAll(() => {
  checkout = join(mkdtempSync(join(tmpdir(), 'sterna launcher ')), 'a check out');
  cpSync(join(root, 'bin'), join(checkout, 'bin'), { recursive: true });
  write('package.json', '{"name":"sterna","type":"module"}');
  write('package-lock.json', '{"packages":{"":{}}}');
  write('node_modules/.package-lock.json', '{"packages":{}}');
  mkdirSync(join(checkout, 'node_modules/node/bin'), { recursive: true });
  symlinkSync(process.execPath, join(checkout, 'node_modules/node/bin/node'));
  write('scripts/build/main.ts', "console.log('stub builds');");
  write('packages/server/src/main.ts', STUB);
  write('packages/server/src/cli.ts', STUB);
});

afterAll(() => rmSync(dirname(checkout), { recursive: true, force: true }));

type Ending = { code: number | null; signal: NodeJS.Signals | null; output: string };

/** Runs the launcher with its input closed; `onOutput` may act on the running process. */
function sterna(
  args: readonly string[],
  onOutput?: (output: string, kill: (signal: NodeJS.Signals) => void) => void,
) {
  return new Promise<Ending>((resolve) => {
    const child = spawn(process.execPath, [join(checkout, 'bin/sterna.js'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // No npm is found: an installation that were tried would fail.
      env: { ...process.env, PATH: '', npm_execpath: undefined, NODE_COMPILE_CACHE: undefined },
    });
    let output = '';
    const take = (chunk: Buffer) => {
      output += String(chunk);
      onOutput?.(output, (signal) => void child.kill(signal));
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('close', (code, signal) => resolve({ code, signal, output }));
  });
}

describe('what a command line asks for', () => {
  test.each<[string[], ReturnType<typeof plan>]>([
    [[], { build: true, script: 'packages/server/src/main.ts', args: [] }],
    [['start', '--x'], { build: true, script: 'packages/server/src/main.ts', args: ['--x'] }],
    [['--x'], { build: true, script: 'packages/server/src/main.ts', args: ['--x'] }],
    [['start', '--help'], { build: false, script: 'packages/server/src/cli.ts', args: ['start', '--help'] }],
    [['-v'], { build: false, script: 'packages/server/src/cli.ts', args: ['-v'] }],
    [['run', 'scripts/x.ts', '-v'], { build: false, script: 'scripts/x.ts', args: ['-v'] }],
    [
      ['usersig', '--user', 'a b'],
      { build: false, script: 'packages/server/src/cli.ts', args: ['usersig', '--user', 'a b'] },
    ],
    [['run', 'scripts/x.ts', 'y'], { build: false, script: 'scripts/x.ts', args: ['y'] }],
  ])('%j', (args, expected) => {
    expect(plan(args)).toEqual(expected);
  });
});

describe('the Node that is handed over to', () => {
  const nowhere = join(tmpdir(), 'no such checkout');
  const running = (version: string) => ({ ...process, versions: { ...process.versions, node: version } });

  test('is the one that the dependencies brought', () => {
    expect(chooseNode(checkout)).toBe(join(checkout, 'node_modules/node/bin/node'));
  });

  test('is the running one where it is new enough and there is no other', () => {
    expect(chooseNode(nowhere, { ...running('24.0.0'), execPath: '/usr/bin/node' })).toBe('/usr/bin/node');
  });

  test('is asked for in a sentence where there is none', () => {
    expect(() => chooseNode(nowhere, running('20.9.0'))).toThrow(/install Node 24 or newer/);
  });
});

describe('sterna', () => {
  test('builds, then starts the server with its arguments', async () => {
    const { code, output } = await sterna(['start', 'exit', '0']);
    expect(output).toMatch(/^stub builds\n\{"args":\["exit","0"\],"major":2\d\}\n$/);
    expect(code).toBe(0);
  });

  test('passes commands on without building', async () => {
    const { code, output } = await sterna(['usersig', '--user', 'a b']);
    expect(output).toMatch(/^\{"args":\["usersig","--user","a b"\]/);
    expect(code).toBe(0);
  });

  test('keeps what Node made of the sources, so that threads do not strip types again', async () => {
    await sterna(['run', 'packages/server/src/cli.ts']);
    expect(readdirSync(join(checkout, 'node_modules/.cache/node'))).not.toEqual([]);
  });

  test('ends with the exit code of what it started', async () => {
    expect(await sterna(['run', 'packages/server/src/cli.ts', 'exit', '42'])).toMatchObject({ code: 42 });
  });

  test('ends like a shell when a signal ended what it started', async () => {
    expect(await sterna(['run', 'packages/server/src/cli.ts', 'die'])).toMatchObject({ code: 128 + 9 });
  });

  test('passes SIGTERM on and waits for the end', async () => {
    let sent = false;
    const { code, output } = await sterna(['start', 'wait'], (soFar, kill) => {
      if (sent || !soFar.includes('"wait"')) return;
      sent = true;
      kill('SIGTERM');
    });
    expect(output).toContain('stub drains');
    expect(code).toBe(7);
  });

  test('says in a sentence what is wrong with the checkout', async () => {
    rmSync(join(checkout, 'node_modules/.package-lock.json'));
    try {
      const { code, output } = await sterna(['start']);
      expect(output).toContain('sterna: installing dependencies (first run');
      expect(output).toContain('sterna: the dependencies could not be installed: npm is not installed');
      expect(output).not.toContain('    at ');
      expect(code).toBe(1);
    } finally {
      write('node_modules/.package-lock.json', '{"packages":{}}');
    }
    expect(existsSync(join(checkout, 'node_modules/node'))).toBe(true);
  });
});
