import { Buffer } from 'node:buffer';
import { basename, dirname } from 'node:path';
import type { DiskFiles, WritableFile } from '../adapters/disk/disk-files.ts';

/** A file: what was written, and how much of it a flush has made safe. */
type File = { written: Buffer; safeBytes: number };

/**
 * A file system that can lose its power. Bytes are safe once their file is flushed, names once their directory
 * is; of everything else a crash may keep any part, and of unsafe bytes it may keep the length and lose the
 * content, as journals that order only the names do.
 */
export class PowerLossDisk implements DiskFiles {
  readonly #names = new Map<string, File>();
  readonly #safeNames = new Map<string, File>();
  /** Counts operations, so that a test can stop after each of them. */
  operations = 0;
  failAfter = Number.POSITIVE_INFINITY;

  async makeDirectory(): Promise<void> {
    this.#step();
  }

  async create(path: string): Promise<WritableFile> {
    this.#step();
    if (this.#names.has(path)) throw Object.assign(new Error('it exists'), { code: 'EEXIST' });
    const file: File = { written: Buffer.alloc(0), safeBytes: 0 };
    this.#names.set(path, file);
    return {
      append: async (chunk) => {
        this.#step();
        file.written = Buffer.concat([file.written, chunk]);
      },
      sync: async () => {
        this.#step();
        file.safeBytes = file.written.length;
      },
      close: async () => undefined,
    };
  }

  async syncDirectory(path: string): Promise<void> {
    this.#step();
    for (const name of this.#safeNames.keys()) if (dirname(name) === path) this.#safeNames.delete(name);
    for (const [name, file] of this.#names) if (dirname(name) === path) this.#safeNames.set(name, file);
  }

  async remove(path: string): Promise<void> {
    this.#step();
    this.#names.delete(path);
  }

  async *read(path: string, { start, end }: { start: number; end: number }): AsyncGenerator<Uint8Array> {
    const file = this.#names.get(path);
    if (file === undefined) throw Object.assign(new Error('it is missing'), { code: 'ENOENT' });
    yield file.written.subarray(start, end);
  }

  async *names(path: string): AsyncGenerator<string> {
    const names = [...this.#names.keys()];
    if (path.endsWith('/blobs')) {
      yield* new Set(
        names.filter((name) => dirname(dirname(name)) === path).map((name) => basename(dirname(name))),
      );
    } else {
      for (const name of names) if (dirname(name) === path) yield basename(name);
    }
  }

  async modifiedMs(path: string): Promise<number | undefined> {
    return this.#names.has(path) ? 0 : undefined;
  }

  async freeBytes(): Promise<number> {
    return Number.POSITIVE_INFINITY;
  }

  /** One of the states that a cut at this moment may leave; `keep` decides of each thing that was not safe. */
  afterPowerLoss(keep: () => boolean): PowerLossDisk {
    const left = new PowerLossDisk();
    const survive = (file: File): File => {
      const unsafe = file.written.subarray(file.safeBytes);
      const kept = keep() ? unsafe : keep() ? Buffer.alloc(unsafe.length) : Buffer.alloc(0);
      const written = Buffer.concat([file.written.subarray(0, file.safeBytes), kept]);
      return { written, safeBytes: written.length };
    };
    const all = new Set([...this.#safeNames.keys(), ...this.#names.keys()]);
    for (const name of all) {
      const [safe, now] = [this.#safeNames.get(name), this.#names.get(name)];
      const file = safe === now || keep() ? now : safe;
      if (file !== undefined) left.#names.set(name, survive(file));
    }
    for (const [name, file] of left.#names) left.#safeNames.set(name, file);
    return left;
  }

  #step(): void {
    this.operations += 1;
    if (this.operations > this.failAfter) throw new Error('the power is off');
  }
}
