import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../process/tools.ts';

/** One breach of each rule that the linter is trusted with, in the file where it would do harm. */
const PLANTED: readonly [rule: string, path: string, source: string][] = [
  ['max-lines', 'packages/core/src/long.ts', '//\n'.repeat(401)],
  [
    'max-params',
    'packages/core/src/params.ts',
    'export function f(a: 1, b: 1, c: 1, d: 1, e: 1) { return [a, b, c, d, e]; }',
  ],
  [
    'max-depth',
    'packages/core/src/depth.ts',
    'export function f(a: boolean) { if (a) { if (a) { if (a) { if (a) { return 1; } } } } return 2; }',
  ],
  [
    'complexity',
    'packages/core/src/complex.ts',
    `export function f(a: number) { ${'if (a > 1) a += 1;'.repeat(21)} return a; }`,
  ],
  ['no-explicit-any', 'packages/core/src/any.ts', 'export function f(a: any) { return typeof a; }'],
  [
    'no-non-null-assertion',
    'packages/core/src/non-null.ts',
    'export function f(a?: string) { return a!.length; }',
  ],
  [
    'no-unsafe-type-assertion',
    'packages/core/src/as.ts',
    'export function f(a: unknown) { return a as string; }',
  ],
  ['no-unsafe-assignment', 'packages/core/src/unsafe.ts', "export const a: string = JSON.parse('1');"],
  [
    'switch-exhaustiveness-check',
    'packages/core/src/switch.ts',
    "export function f(a: 'x' | 'y') { switch (a) { case 'x': return 1; } return 2; }",
  ],
  [
    'no-floating-promises',
    'packages/core/src/floating.ts',
    'export function f(a: () => Promise<void>) { a(); }',
  ],
  [
    'no-misused-promises',
    'packages/core/src/misused.ts',
    'export function f(a: () => Promise<boolean>) { return a() ? 1 : 2; }',
  ],
  ['only-throw-error', 'packages/core/src/throw.ts', "export function f() { throw 'no error'; }"],
  ['no-empty', 'packages/core/src/empty.ts', 'export function f(a: () => void) { try { a(); } catch {} }'],
  ['no-default-export', 'packages/core/src/default.ts', 'export default 1;'],
  ['no-cycle', 'packages/core/src/cycle.ts', "import { b } from './cycle-b.ts';\nexport const a = () => b;"],
  [
    'no-restricted-globals',
    'packages/core/src/timer.ts',
    'export function f(a: () => void) { setTimeout(a, 1); }',
  ],
  ['no-restricted-globals', 'packages/server/src/gateway/fetch.ts', "export const a = () => fetch('x');"],
  ['no-restricted-globals', 'packages/sdk/src/socket.ts', "export const a = () => new WebSocket('x');"],
  ['no-restricted-globals', 'packages/store/src/log.ts', "export const a = () => console.log('x');"],
];

/** Allowed where they stand: the linter must not answer. */
const SOUND: readonly [path: string, source: string][] = [
  ['packages/core/src/cycle-b.ts', "import { a } from './cycle.ts';\nexport const b = () => a;"],
  ['packages/server/src/main.ts', 'export function f(a: () => void) { setTimeout(a, 1); }'],
  ['packages/sdk/src/platform/browser.ts', "export const a = () => new WebSocket('x');"],
  ['packages/store/src/sqlite/writer.ts', 'export function f(a: () => void) { setImmediate(a); }'],
  ['packages/core/src/timer.test.ts', 'export function f(a: () => void) { setTimeout(a, 1); }'],
];

let checkout = '';
let said: { path: string; rule: string }[] = [];

beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), 'sterna lint '));
  for (const file of [
    'oxlint.config.ts',
    'tsconfig.json',
    'tsconfig.base.json',
    'scripts/house-rules/layers.ts',
  ]) {
    cpSync(join(root, file), join(checkout, file));
  }
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'), 'junction');
  writeFileSync(join(checkout, 'package.json'), '{"type":"module"}');
  for (const [path, source] of [...PLANTED.map(([, ...file]) => file), ...SOUND]) {
    mkdirSync(dirname(join(checkout, path)), { recursive: true });
    writeFileSync(join(checkout, path), `${source}\n`);
  }
  const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const { stdout } = spawnSync(process.execPath, [oxlint, '--format', 'unix', 'packages'], {
    cwd: checkout,
    encoding: 'utf8',
  });
  said = [...stdout.matchAll(/^(.+?):\d+:\d+: .*\/[\w-]+\(([\w-]+)\)\]$/gm)].map(
    ([, path = '', rule = '']) => ({ path, rule }),
  );
});

afterAll(() => rmSync(checkout, { recursive: true, force: true }));

test.each(PLANTED)('%s in %s', (rule, path) => {
  expect(said.filter((each) => each.path === path).map((each) => each.rule)).toContain(rule);
});

test.each(SOUND.filter(([path]) => !path.includes('cycle')))('nothing in %s', (path) => {
  expect(said.filter((each) => each.path === path)).toEqual([]);
});
