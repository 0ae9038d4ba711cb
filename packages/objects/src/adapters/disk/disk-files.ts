import { open, mkdir, opendir, rm, stat, statfs } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { ByteRange } from '../../ports.ts';

export type WritableFile = {
  append(chunk: Uint8Array): Promise<void>;
  /** Resolves when the bytes would survive a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
};

/** The few file operations that blobs need, so that a test can cut the power between any two of them. */
export type DiskFiles = {
  makeDirectory(path: string): Promise<void>;
  /** Fails if the file is there. */
  create(path: string): Promise<WritableFile>;
  /** Makes the names in a directory durable. */
  syncDirectory(path: string): Promise<void>;
  /** Removing what is not there is a success. */
  remove(path: string): Promise<void>;
  read(path: string, range: ByteRange): AsyncIterable<Uint8Array>;
  /** The names in a directory, or in none. */
  names(path: string): AsyncIterable<string>;
  modifiedMs(path: string): Promise<number | undefined>;
  freeBytes(path: string): Promise<number>;
};

/** What a download holds while its reader is slow, twice: one on its way and one read ahead. */
const READ_CHUNK = 64 * 1024;

/** The file system of this machine. */
export const nodeDiskFiles: DiskFiles = {
  makeDirectory: async (path) => {
    await mkdir(path, { recursive: true, mode: 0o700 });
  },
  create: async (path) => {
    const file = await open(path, 'wx', 0o600);
    return {
      append: async (chunk) => {
        const { bytesWritten } = await file.write(chunk);
        if (bytesWritten === chunk.byteLength) return;
        // A file is written in part only where the disk ends.
        const error = new Error(`The disk took ${bytesWritten} of ${chunk.byteLength} bytes.`);
        throw Object.assign(error, { code: 'ENOSPC' });
      },
      sync: () => file.sync(),
      close: () => file.close(),
    };
  },
  syncDirectory: async (path) => {
    const directory = await open(path, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  },
  remove: (path) => rm(path, { force: true }),
  read: (path, { start, end }) =>
    start >= end ? noBytes(path) : createReadStream(path, { start, end: end - 1, highWaterMark: READ_CHUNK }),
  names: async function* (path) {
    try {
      for await (const entry of await opendir(path)) yield entry.name;
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  },
  modifiedMs: async (path) => {
    try {
      return (await stat(path)).mtimeMs;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  },
  freeBytes: async (path) => {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  },
};

/** An empty range of a file still needs the file. */
async function* noBytes(path: string): AsyncGenerator<Uint8Array> {
  await stat(path);
  yield* [];
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** The disk is full, or the user's share of it is. */
export function isOutOfSpace(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

/** Paths are ours alone: ids are lower-case letters and digits, whatever the objects are called. */
export function blobPath(root: string, id: string): { directory: string; path: string } {
  if (!/^[a-z0-9]{8,64}$/.test(id)) throw new RangeError('That is not the id of a blob.');
  const directory = join(root, 'blobs', id.slice(0, 2));
  return { directory, path: join(directory, id) };
}
