import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { expect, test } from 'vitest';
import { packed } from './package.ts';

/** Paths for this workspace alone: their sources are in no tarball. */
const INTERNAL = ['./wx', './testing'];

const tarballs = [
  ['@sterna/sdk', 'packages/sdk'],
  ['@sterna/sdk-wx', 'packages/sdk-wx'],
] as const;

test.each(tarballs)('publint finds nothing in %s', async (_, workspace) => {
  const tarball = new Uint8Array(readFileSync(packed(workspace))).buffer;
  // Its suggestions ask for `engines`, on which yarn 1 refuses to install for a page that is built by an older Node.
  const { messages, pkg } = await publint({ pack: { tarball }, level: 'warning', strict: true });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

test.each(tarballs)(
  'the types of %s say what each way of resolving it gets: attw finds nothing',
  async (name, workspace) => {
    const tarball = createPackageFromTarballData(new Uint8Array(readFileSync(packed(workspace))));
    const result = await checkPackage(tarball, { excludeEntrypoints: INTERNAL });
    if (result.types === false) throw new Error(`${name} has no types`);
    expect(Object.keys(result.entrypoints)).toContain('.');
    expect(result.problems).toEqual([]);
  },
);
