import { join } from 'node:path';
import { ObjectError } from '../../errors.ts';
import type { BlobStore } from '../../ports.ts';
import { blobPath, type DiskFiles, isOutOfSpace, type WritableFile } from './disk-files.ts';

/**
 * Blobs as files, each under its name from its first byte on: only the index says which of them are whole, and it is
 * told of none before the bytes and the name are flushed, both in one go. What a crash leaves half-written is an
 * orphan like any other.
 */
export async function openDiskBlobs(root: string, files: DiskFiles): Promise<BlobStore> {
  await files.makeDirectory(join(root, 'blobs'));
  const shards = new Shards(root, files);
  const early = new EarlyFlushes();

  return {
    write: async (id, bytes) => {
      const { directory, path } = blobPath(root, id);
      try {
        await shards.make(directory);
        const file = await files.create(path);
        await writeFile(file, bytes, { early, syncName: () => shards.sync(directory) });
      } catch (error) {
        await files.remove(path);
        throw isOutOfSpace(error) ? new ObjectError('insufficientStorage', { cause: error }) : error;
      }
    },
    read: (id, range) => files.read(blobPath(root, id).path, range),
    remove: async (id) => files.remove(blobPath(root, id).path),
    list: () => listBlobs(root, files),
    modifiedMs: (id) => files.modifiedMs(blobPath(root, id).path),
    freeBytes: () => files.freeBytes(root),
  };
}

/** A body that is longer is flushed while it still arrives: its last flush then has little left to wait for. */
const FLUSH_EARLY_BYTES = 8 * 1024 * 1024;
/** Early flushes at once, of all bodies: each occupies one of the few threads that write as well. */
const EARLY_FLUSHES = 2;

class EarlyFlushes {
  #running = 0;

  /** Flushes if there is a place for it. The result must be awaited in the end: it may be a failure. */
  offer(file: WritableFile): Promise<void> {
    if (this.#running >= EARLY_FLUSHES) return Promise.resolve();
    this.#running += 1;
    const flush = file.sync().finally(() => {
      this.#running -= 1;
    });
    flush.catch(() => undefined);
    return flush;
  }
}

/** One chunk is written while the next one is fetched: that is as long as a chunk stays as it is. */
async function writeFile(
  file: WritableFile,
  bytes: AsyncIterable<Uint8Array>,
  { early, syncName }: { early: EarlyFlushes; syncName: () => Promise<void> },
): Promise<void> {
  let writing: Promise<void> | undefined;
  const flushes: Promise<void>[] = [];
  let unflushed = 0;
  try {
    for await (const chunk of bytes) {
      await writing;
      writing = file.append(chunk);
      // A failure is seen at the next await; until then it must not count as unhandled.
      writing.catch(() => undefined);
      unflushed += chunk.byteLength;
      if (unflushed < FLUSH_EARLY_BYTES) continue;
      flushes.push(early.offer(file));
      unflushed = 0;
    }
    await writing;
    // A kernel tells of lost bytes once: what an early flush was told, the last one is not told again.
    await Promise.all([...flushes, file.sync(), syncName()]);
  } finally {
    await Promise.allSettled([writing, ...flushes]);
    await file.close();
  }
}

/** The directories of the blobs: made once, and flushed together for all writers that wait at the time. */
class Shards {
  readonly #root: string;
  readonly #files: DiskFiles;
  readonly #made = new Map<string, Promise<void>>();
  readonly #next = new Map<string, Promise<void>>();
  readonly #current = new Map<string, Promise<void>>();

  constructor(root: string, files: DiskFiles) {
    this.#root = root;
    this.#files = files;
  }

  make(directory: string): Promise<void> {
    const made = this.#made.get(directory) ?? this.#create(directory);
    this.#made.set(directory, made);
    made.catch(() => this.#made.delete(directory));
    return made;
  }

  /** A flush that begins now covers all names before it; one under way may have missed the last. */
  sync(directory: string): Promise<void> {
    const waiting = this.#next.get(directory);
    if (waiting !== undefined) return waiting;
    const next = this.#flushAfter(directory, this.#current.get(directory));
    this.#next.set(directory, next);
    return next;
  }

  async #create(directory: string): Promise<void> {
    await this.#files.makeDirectory(directory);
    await this.#files.syncDirectory(join(this.#root, 'blobs'));
    await this.#files.syncDirectory(this.#root);
  }

  async #flushAfter(directory: string, previous: Promise<void> | undefined): Promise<void> {
    await Promise.allSettled([previous]);
    this.#next.delete(directory);
    const flush = this.#files.syncDirectory(directory);
    this.#current.set(directory, flush);
    try {
      await flush;
    } finally {
      if (this.#current.get(directory) === flush) this.#current.delete(directory);
    }
  }
}

async function* listBlobs(root: string, files: DiskFiles): AsyncGenerator<string> {
  for await (const shard of files.names(join(root, 'blobs'))) {
    yield* files.names(join(root, 'blobs', shard));
  }
}
