import { createHash, type Hash } from 'node:crypto';
import type { DigestChoice, Digester, Digests } from '../ports.ts';
import { Leaves } from './leaves.ts';

/** Hashes on the caller's own thread. */
export const inlineDigester: Digester = {
  begin: (choice) => {
    const hashes = new Hashes(choice);
    return {
      elsewhere: false,
      update: (bytes) => hashes.update(bytes),
      finish: async () => hashes.finish(),
      cancel: async () => undefined,
    };
  },
};

/** The digests that were chosen, of one stream. */
export class Hashes {
  readonly #md5: Hash | undefined;
  readonly #leaves: Leaves | undefined;

  constructor({ md5, leaves }: DigestChoice) {
    this.#md5 = md5 ? createHash('md5') : undefined;
    this.#leaves = leaves ? new Leaves() : undefined;
  }

  update(bytes: Uint8Array): void {
    this.#md5?.update(bytes);
    this.#leaves?.update(bytes);
  }

  finish(): Digests {
    return { md5: this.#md5?.digest('hex') ?? '', leaves: this.#leaves?.finish() ?? '' };
  }
}
