import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDataFolder } from './data-folder.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sterna-data-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

test('the folder and its secrets are for their owner alone, and stay the same', async () => {
  const path = join(root, 'a', 'b');
  const first = openDataFolder(path);
  const secret = first.developmentSecret();
  const signing = first.objectsSecret();
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(await modeOf(path)).toBe('700');
  expect(await modeOf(join(path, 'development-secret'))).toBe('600');
  expect(await modeOf(join(path, 'objects-secret'))).toBe('600');
  const second = openDataFolder(path);
  expect(signing).not.toBe(secret);
  expect([second.developmentSecret(), second.objectsSecret()]).toEqual([secret, signing]);
  expect((await readdir(path)).toSorted()).toEqual(['development-secret', 'objects-secret']);
});

test('two folders have different secrets', () => {
  const [one, other] = ['one', 'other'].map((name) => openDataFolder(join(root, name)).developmentSecret());
  expect(one).not.toBe(other);
});

test('a secret that others could read is closed again', async () => {
  const folder = openDataFolder(root);
  folder.developmentSecret();
  await chmod(join(root, 'development-secret'), 0o644);
  folder.developmentSecret();
  expect(await modeOf(join(root, 'development-secret'))).toBe('600');
});

test.each(['', 'short', `${'g'.repeat(64)}`])(
  'a file that holds "%s" is refused, not replaced',
  async (text) => {
    await writeFile(join(root, 'objects-secret'), text);
    expect(() => openDataFolder(root).objectsSecret()).toThrow('does not hold 64 hex digits');
  },
);
