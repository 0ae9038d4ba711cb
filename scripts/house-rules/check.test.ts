import { describe, expect, test } from 'vitest';
import { checkRepository } from './check.ts';

const manifest = (name: string, fields: Record<string, unknown> = {}): string =>
  JSON.stringify({ name, license: 'Apache-2.0', ...fields });

/** A checkout that breaks no rule; each test plants one breach in it. */
const SOUND: Readonly<Record<string, string>> = {
  'package.json': manifest('sterna', {
    devDependencies: { vitest: '5.1.1', '@types/react': '19.3.0', node: '^24.1.0' },
    allowScripts: { node: true },
  }),
  'package-lock.json': JSON.stringify({
    packages: {
      '': { name: 'sterna' },
      'packages/core': { name: '@sterna/core' },
      'node_modules/@sterna/core': { resolved: 'packages/core', link: true },
      'node_modules/node': { version: '24.1.0', integrity: 'sha512-x', hasInstallScript: true },
    },
  }),
  'packages/protocol/package.json': manifest('@sterna/protocol', {
    exports: { '.': './src/index.ts', './tables': './src/tables.ts' },
    dependencies: { valibot: '1.5.0' },
  }),
  'packages/core/package.json': manifest('@sterna/core', { exports: { '.': './src/index.ts' } }),
  'packages/store/package.json': manifest('@sterna/store', { dependencies: { postgres: '3.4.9' } }),
  'packages/server/package.json': manifest('@sterna/server', { dependencies: { ws: '8.23.0' } }),
  'packages/usersig/package.json': manifest('@sterna/usersig'),
  'packages/sdk/package.json': manifest('@sterna/sdk', { exports: './src/index.ts' }),
  'apps/chat/package.json': manifest('@sterna/chat', { dependencies: { react: '19.3.1' } }),
  'packages/core/src/a.ts':
    "import type { Frame } from '@sterna/protocol';\nexport const a = (at: number): Date => new Date(at);\n",
  'packages/core/src/a.test.ts':
    "import { expect } from 'vitest';\nimport { setTimeout } from 'node:timers/promises';\n",
  'packages/usersig/src/sign.ts': "import { createHmac } from 'node:crypto';\n",
  'packages/store/src/sqlite/open.ts':
    "import { DatabaseSync } from 'node:sqlite';\nexport const now = Date.now();\n",
  'packages/sdk/src/a.ts':
    "import { ERRORS } from '@sterna/protocol/tables';\nimport type { Frame } from '@sterna/protocol';\n",
  'packages/sdk/src/a.test.ts': "import { frame } from '@sterna/protocol';\n",
  'apps/chat/src/a.tsx': "import TIM from 'tim-js-sdk';\nimport { useState } from 'react';\n",
  'tests/sim/run.ts':
    "import { decide } from '@sterna/core';\nimport { appendFile } from 'node:fs/promises';\n",
  'docs/operations.md': 'Start it with `npm start`; the data is in `./data`.\n',
};

function breaches(planted: Readonly<Record<string, string>>): string[] {
  return checkRepository(new Map(Object.entries({ ...SOUND, ...planted }))).map(
    ({ path, line, text }) => `${path}:${line} ${text}`,
  );
}

test('a sound checkout has no breaches', () => {
  expect(breaches({})).toEqual([]);
});

describe('the arrows between packages', () => {
  test.each<[string, string, string, string]>([
    ['protocol imports nothing of ours', 'packages/protocol/src/b.ts', '@sterna/core', 'may not import'],
    ['usersig imports nothing of ours', 'packages/usersig/src/b.ts', '@sterna/protocol', 'may not import'],
    ['core does not know its stores', 'packages/core/src/b.ts', '@sterna/store', 'may not import'],
    ['core does not know Node', 'packages/core/src/b.ts', 'node:crypto', 'outside an adapter'],
    ['a store does not know the server', 'packages/store/src/b.ts', '@sterna/server', 'may not import'],
    ['the server is not made of the SDK', 'packages/server/src/b.ts', '@sterna/sdk', 'may not import'],
    [
      'the SDK takes only types from the wire',
      'packages/sdk/src/b.ts',
      '@sterna/protocol',
      'more than types',
    ],
    ['the SDK does not know core', 'packages/sdk/src/b.ts', '@sterna/core', 'may not import'],
    ['an app imports the SDK only', 'apps/chat/src/b.ts', '@sterna/protocol', 'may not import'],
    ['an app is no Node program', 'apps/chat/src/b.ts', 'node:fs', 'outside an adapter'],
    ['no inner path by name', 'packages/server/src/b.ts', '@sterna/core/src/a.ts', 'inner path'],
    ['no inner path by folders', 'packages/server/src/b.ts', '../../core/src/a.ts', 'inner path'],
    ['no inner path from tests', 'tests/sim/b.ts', '../../packages/core/src/a.ts', 'inner path'],
    ['no way out of a package', 'packages/core/src/b.ts', '../../../scripts/x.ts', 'leaves its package'],
    ['only declared dependencies', 'packages/server/src/b.ts', 'hono', 'not among its dependencies'],
    ['tools are not shipped', 'packages/server/src/b.ts', 'vitest', 'not among its dependencies'],
    ['usersig computes, it does not read', 'packages/usersig/src/b.ts', 'node:fs', 'outside an adapter'],
  ])('%s', (_, path, specifier, text) => {
    const found = breaches({ [path]: `\nimport { x } from '${specifier}';\n` });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${path}:2 .*${text}`));
  });

  test.each<[string, string]>([
    ['export … from', "export { x } from '@sterna/server';"],
    ['export * from', "export * from '@sterna/server';"],
    ['import()', "export const x = import('@sterna/server');"],
    ['import() of a type', "export type X = import('@sterna/server').X;"],
    ['import for its effects', "import '@sterna/server';"],
  ])('%s is an import too', (_, source) => {
    expect(breaches({ 'packages/core/src/b.ts': `${source}\nexport const own = 1;` })).toHaveLength(1);
  });

  test('a test may use the tools of all tests, a source may not', () => {
    const source = "import { x } from '../../../tests/protocol-client/client.ts';";
    expect(breaches({ 'packages/core/src/b.test.ts': source })).toEqual([]);
    expect(breaches({ 'packages/core/src/b.ts': source })).toHaveLength(1);
  });

  test('types of Node may be named anywhere', () => {
    expect(breaches({ 'packages/core/src/b.ts': "import type { Readable } from 'node:stream';" })).toEqual(
      [],
    );
  });

  test('a package without a row in the table may import nothing of ours', () => {
    const planted = {
      'packages/extra/package.json': manifest('@sterna/extra'),
      'packages/extra/src/a.ts': "import { x } from '@sterna/core';",
    };
    expect(breaches(planted)).toHaveLength(1);
  });
});

describe('the ports', () => {
  test.each<[string, string]>([
    ['the clock', 'export const at = Date.now();'],
    ['the clock by index', "export const at = Date['now']();"],
    ['the clock by constructor', 'export const at = new Date();'],
    ['the clock as a text', 'export const at = Date();'],
    ['randomness', 'export const dice = Math.random();'],
    ['a timer behind globalThis', 'globalThis.setTimeout(print, 1);'],
    ['state at module level', 'export let count = 0;'],
  ])('%s', (_, source) => {
    expect(breaches({ 'packages/core/src/b.ts': source })).toHaveLength(1);
  });

  test('randomness in a test', () => {
    expect(breaches({ 'packages/core/src/b.test.ts': 'export const dice = Math.random();' })).toHaveLength(1);
  });
});

describe('sizes', () => {
  test('a class has at most 25 methods', () => {
    const classOf = (methods: number) =>
      `export class Big { ${Array.from({ length: methods }, (_, index) => `field${index} = 0; m${index}() {}`).join(' ')} }`;
    expect(breaches({ 'packages/core/src/b.ts': classOf(25) })).toEqual([]);
    expect(breaches({ 'packages/core/src/b.ts': classOf(26) })).toEqual([
      'packages/core/src/b.ts:1 a class of 26 methods; 25 is the most',
    ]);
  });

  const lines = (count: number) => 'work();\n'.repeat(count);
  const functionOf = (body: string) => `\nexport function f() {\n${body}}\n`;

  test('a function has at most 60 lines, a component 100', () => {
    expect(breaches({ 'packages/core/src/b.ts': functionOf(lines(58)) })).toEqual([]);
    expect(breaches({ 'packages/core/src/b.ts': functionOf(lines(59)) })).toEqual([
      'packages/core/src/b.ts:2 a function of 61 lines; 60 is the most',
    ]);
    expect(breaches({ 'apps/chat/src/b.tsx': functionOf(lines(98)) })).toEqual([]);
    expect(breaches({ 'apps/chat/src/b.tsx': functionOf(lines(99)) })).toHaveLength(1);
    expect(breaches({ 'packages/core/src/b.test.ts': functionOf(lines(99)) })).toEqual([]);
  });

  test('a function inside counts for itself', () => {
    const inner = (count: number) => `const g = () => {\n${lines(count)}};\n`;
    expect(breaches({ 'packages/core/src/b.ts': functionOf(inner(40) + inner(40) + lines(56)) })).toEqual([]);
    expect(
      breaches({ 'packages/core/src/b.ts': functionOf(inner(40) + inner(40) + lines(57)) }),
    ).toHaveLength(1);
    expect(breaches({ 'packages/core/src/b.ts': functionOf(inner(59)) })).toHaveLength(1);
  });
});

describe('names', () => {
  test.each(['packages/core/src/utils.ts', 'packages/core/src/common/x.ts', 'scripts/helper.ts'])(
    '%s is a drawer',
    (path) => {
      expect(breaches({ [path]: '' })).toEqual([`${path}:1 is named like a drawer: say what is inside`]);
    },
  );

  test.each(['packages/core/src/sendMessage.ts', 'apps/chat/src/chatView.tsx'])(
    '%s is in neither case',
    (path) => {
      expect(breaches({ [path]: '' })).toEqual([`${path}:1 is not in kebab-case`]);
    },
  );

  test('a component may be named like itself', () => {
    expect(breaches({ 'apps/chat/src/ChatView.tsx': '' })).toEqual([]);
  });

  test('a barrel inside a package', () => {
    const barrel = "export * from './a.ts';\nexport type { B } from './b.ts';";
    expect(breaches({ 'packages/core/src/groups/index.ts': barrel })).toHaveLength(1);
    expect(breaches({ 'packages/core/src/groups/all.ts': barrel })).toHaveLength(1);
    expect(breaches({ 'packages/core/src/groups/index.ts': `${barrel}\nexport const own = 1;` })).toEqual([]);
  });

  test('a front door is no barrel', () => {
    const barrel = "export * from './a.ts';";
    expect(
      breaches({ 'packages/protocol/src/index.ts': barrel, 'packages/protocol/src/tables.ts': barrel }),
    ).toEqual([]);
  });
});

describe('words', () => {
  // Put together here, so that this file does not break the rule it tests.
  const slash = '/';
  test.each<[string, string]>([
    [
      'a registry host',
      ['https:', '', 'registry', 'npmjs.org', 'x'].join('/').replace('registry/', 'registry.'),
    ],
    ['a machine path', `see ${slash}work${slash}notes`],
    ['a home folder', `see ${slash}home${slash}ann${slash}sterna`],
    ['who wrote it', ['written by a sub', 'agent'].join('-')],
    ['an unfinished merge', '<'.repeat(7) + ' HEAD'],
  ])('%s', (_, line) => {
    expect(breaches({ 'docs/x.md': `first line\n${line}\n` })).toEqual([
      expect.stringMatching(/^docs\/x\.md:2 /),
    ]);
  });

  test.each<[string, string]>([
    ['a check without a reason', '/' + '/ oxlint-disable-next-line no-console'],
    ['no type checking', '// @ts' + '-ignore'],
    ['a type error without a reason', '// @ts' + '-expect-error'],
    ['a test left out', 'test' + ".skip('x', () => {});"],
    ['the rest left out', 'describe' + ".only('x', () => {});"],
    ['a kind of group', "export const isQuiet = (type: string) => type === 'Private';"],
    ['a URL taken for a path', "export const a = new URL('./b.ts', import.meta" + '.url).pathname;'],
  ])('%s', (_, line) => {
    expect(breaches({ 'packages/core/src/b.ts': line })).toHaveLength(1);
  });

  test('kinds of group stand in their table', () => {
    expect(breaches({ 'packages/core/src/groups/kinds.ts': "export const a = 'Private';" })).toEqual([]);
  });

  test('a reason lets a check be switched off', () => {
    const line = '/' + '/ oxlint-disable-next-line no-console -- the one place that prints';
    expect(breaches({ 'packages/core/src/b.ts': line })).toEqual([]);
  });
});

describe('dependencies', () => {
  test.each([
    '^1.0.0',
    '*',
    'latest',
    'git+https://example.org/x.git',
    'github:someone/x',
    'https://example.org/x.tgz',
    'file:../elsewhere',
  ])('%s is no exact version', (version) => {
    const planted = manifest('@sterna/core', { dependencies: { x: version }, exports: {} });
    expect(breaches({ 'packages/core/package.json': planted })).toContainEqual(
      expect.stringContaining(`x is asked for as "${version}"`),
    );
  });

  test.each(['1.2.3', '1.2.3-beta.2', 'npm:tim-js-sdk@2.27.6', 'npm:@scope/name@1.0.0'])(
    '%s is exact',
    (version) => {
      const planted = manifest('@sterna/store', { dependencies: { x: version, postgres: '3.4.9' } });
      expect(breaches({ 'packages/store/package.json': planted })).toEqual([]);
    },
  );

  test('every package says its license', () => {
    expect(breaches({ 'packages/core/package.json': '{"name":"@sterna/core"}' })).toHaveLength(1);
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      'a host',
      { 'node_modules/x': { resolved: 'https://example.org/x.tgz', integrity: 'sha512-x' } },
      'resolved to',
    ],
    [
      'git',
      { 'node_modules/x': { resolved: 'git+ssh://git@example.org/x', integrity: 'sha512-x' } },
      'resolved to',
    ],
    ['a folder elsewhere', { 'node_modules/x': { resolved: '../x', link: true } }, 'resolved to'],
    ['no digest', { 'node_modules/x': { version: '1.0.0' } }, 'no integrity'],
    [
      'an unseen script',
      { 'node_modules/a/node_modules/x': { integrity: 's', hasInstallScript: true } },
      'x has an install script',
    ],
  ])('the lock file: %s', (_, entries, text) => {
    const node = { version: '24.1.0', integrity: 'sha512-x', hasInstallScript: true };
    const lock = JSON.stringify({ packages: { 'node_modules/node': node, ...entries } });
    const found = breaches({ 'package-lock.json': lock });
    expect(found).toEqual([expect.stringContaining(text)]);
  });

  test('an approval that approves nothing', () => {
    expect(breaches({ 'package-lock.json': '{"packages":{}}' })).toEqual([
      expect.stringContaining('judges node, which has no install script'),
    ]);
  });
});
