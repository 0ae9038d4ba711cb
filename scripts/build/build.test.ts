import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildAll } from './build.ts';
import { fingerprint } from './fingerprint.ts';
import type { Target } from './targets.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sterna build '));
  write('package-lock.json', '{}');
  write('packages/a/package.json', '{"scripts":{"build":"x"}}');
  write('packages/a/src/a.ts', 'a');
  write('packages/wire/src/w.ts', 'w');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const TARGET: Target = { name: 'A', folder: 'packages/a', sources: ['packages/wire/src'] };

describe('a bundle is made', () => {
  /** Builds with a bundler that leaves a file, or fails. */
  async function build(targets: readonly Target[] = [TARGET], code = 0) {
    const made: string[] = [];
    const succeeded = await buildAll(root, targets, async ({ folder }) => {
      made.push(folder);
      if (code === 0) write(`${folder}/dist/out.js`, 'out');
      return { code, output: 'what the bundler said', durationMs: 1 };
    });
    return { made, succeeded };
  }

  test('the first time, and not again', async () => {
    expect(await build()).toEqual({ made: ['packages/a'], succeeded: true });
    expect(await build()).toEqual({ made: [], succeeded: true });
  });

  test.each([
    ['a source has changed', 'packages/a/src/a.ts'],
    ['a source is new', 'packages/a/src/new.ts'],
    ['what it is made from has changed', 'packages/wire/src/w.ts'],
    ['the dependencies have changed', 'package-lock.json'],
  ])('when %s', async (_, path) => {
    await build();
    write(path, 'changed');
    expect(await build()).toMatchObject({ made: ['packages/a'] });
  });

  test('when it was deleted', async () => {
    await build();
    rmSync(join(root, 'packages/a/dist'), { recursive: true });
    expect(await build()).toMatchObject({ made: ['packages/a'] });
  });

  test('not for a test, nor for its own output', async () => {
    write('packages/a/.gitignore', 'dist/\n/small/\n/tim-js*\n/LICENSE\n');
    await build();
    write('packages/a/src/a.test.ts', 'new');
    write('packages/a/dist/more.js', 'new');
    write('packages/a/small/tim.js', 'new');
    write('packages/a/tim-js.js', 'new');
    write('packages/a/LICENSE', 'new');
    write('packages/a/node_modules/x.js', 'new');
    expect(await build()).toMatchObject({ made: [] });
    write('packages/a/src/small/tim.ts', 'new');
    expect(await build()).toMatchObject({ made: ['packages/a'] });
  });

  test('again after a failure, and nothing after a failure', async () => {
    write('packages/b/package.json', '{"scripts":{"build":"x"}}');
    const both = [TARGET, { name: 'B', folder: 'packages/b', sources: [] }];
    expect(await build(both, 1)).toEqual({ made: ['packages/a'], succeeded: false });
    expect(await build(both)).toEqual({ made: ['packages/a', 'packages/b'], succeeded: true });
  });

  test('only where the manifest says how', async () => {
    write('packages/a/package.json', '{}');
    expect(await build()).toEqual({ made: [], succeeded: true });
  });
});

test('a file that moves changes the fingerprint', () => {
  const before = fingerprint(root, ['packages/a'], '');
  rmSync(join(root, 'packages/a/src/a.ts'));
  write('packages/a/src/b.ts', 'a');
  expect(fingerprint(root, ['packages/a'], '')).not.toBe(before);
});
