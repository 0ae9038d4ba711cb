import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { loadFolder } from './load-folder.ts';

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sterna-pages-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('every file is there by its path, with its type, and compressed where that helps', async () => {
  const folder = await makeFolder();
  await mkdir(join(folder, 'assets'));
  const script = 'let value = 1;\n'.repeat(200);
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'assets', 'app.js'), script);
  await writeFile(join(folder, 'assets', 'face.png'), Buffer.alloc(5000));
  await writeFile(join(folder, 'assets', 'odd.xyz'), 'x');
  const files = loadFolder(folder);
  expect([...files].map(([name, { type }]) => [name, type] as const)).toEqual(
    expect.arrayContaining([
      ['assets/app.js', 'text/javascript; charset=utf-8'],
      ['assets/face.png', 'image/png'],
      ['assets/odd.xyz', 'application/octet-stream'],
      ['index.html', 'text/html; charset=utf-8'],
    ]),
  );
  expect(files.size).toBe(4);
  expect(gunzipSync(files.get('assets/app.js')?.gzip ?? '').toString()).toBe(script);
  expect(files.get('assets/face.png')).not.toHaveProperty('gzip');
  expect(files.get('index.html')).not.toHaveProperty('gzip');
  expect(files.get('index.html')?.etag).not.toBe(files.get('assets/odd.xyz')?.etag);
});

test('links lead nowhere', async () => {
  const folder = await makeFolder();
  const outside = await makeFolder();
  await writeFile(join(outside, 'secret.txt'), 'x');
  await symlink(join(outside, 'secret.txt'), join(folder, 'link.txt'));
  await symlink(outside, join(folder, 'more'));
  expect([...loadFolder(folder).keys()]).toEqual([]);
});

test('an absent folder is an empty one', () => {
  expect(loadFolder('/nowhere/at/all').size).toBe(0);
});
