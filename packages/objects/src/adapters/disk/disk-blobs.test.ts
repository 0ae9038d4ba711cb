import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blobStoreContract } from '../../storage/blob-store.contract.ts';
import { openDiskBlobs } from './disk-blobs.ts';
import { nodeDiskFiles } from './disk-files.ts';

blobStoreContract('disk', async () => {
  const root = await mkdtemp(join(tmpdir(), 'sterna-blobs-'));
  return {
    blobs: await openDiskBlobs(root, nodeDiskFiles),
    close: () => rm(root, { recursive: true }),
  };
});

test.each(['../../etc/passwd', 'AA00000001', 'aa', 'aa/00000001', 'aa0000000\0'])(
  'an id that is not ours (%j) names no file',
  async (id) => {
    const root = await mkdtemp(join(tmpdir(), 'sterna-blobs-'));
    const blobs = await openDiskBlobs(root, nodeDiskFiles);
    await expect(blobs.remove(id)).rejects.toThrow(RangeError);
    await rm(root, { recursive: true });
  },
);

test('a full disk is told by its code, and leaves no file', async () => {
  const root = await mkdtemp(join(tmpdir(), 'sterna-blobs-'));
  const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  const blobs = await openDiskBlobs(root, {
    ...nodeDiskFiles,
    create: async (path) => ({
      ...(await nodeDiskFiles.create(path)),
      append: () => Promise.reject(full),
    }),
  });
  const bytes = (async function* () {
    yield Buffer.from('x');
  })();
  await expect(blobs.write('aa00000010', bytes)).rejects.toMatchObject({ code: 'InsufficientStorage' });
  expect(await readdir(join(root, 'blobs'), { recursive: true })).toEqual(['aa']);
  await rm(root, { recursive: true });
});

test('bytes that an early flush was told are lost are not acknowledged', async () => {
  const root = await mkdtemp(join(tmpdir(), 'sterna-blobs-'));
  let flushes = 0;
  const blobs = await openDiskBlobs(root, {
    ...nodeDiskFiles,
    create: async (path) => {
      const file = await nodeDiskFiles.create(path);
      const sync = async () => {
        flushes += 1;
        if (flushes === 1) throw new Error('bad sector');
      };
      return { ...file, sync };
    },
  });
  const bytes = (async function* () {
    for (let chunk = 0; chunk < 20; chunk += 1) yield Buffer.alloc(1024 * 1024);
  })();
  await expect(blobs.write('aa00000012', bytes)).rejects.toThrow('bad sector');
  expect(await blobs.modifiedMs('aa00000012')).toBeUndefined();
  await rm(root, { recursive: true });
});
