import { mkdirSync, rmSync, statSync } from 'node:fs';

/** Longer than anybody holds it: whoever did so was killed. */
const STALE_MS = 120_000;
const STEP_MS = 50;

/** Held by one process at a time, by a folder that only one can make. Waits without giving way: for set-up, not for servers. */
export class FolderLock {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    while (!this.#take()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STEP_MS);
  }

  #take(): boolean {
    try {
      mkdirSync(this.#path);
      return true;
    } catch {
      const since = statSync(this.#path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
      if (Date.now() - since > STALE_MS) this[Symbol.dispose]();
      return false;
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.#path, { recursive: true, force: true });
  }
}
