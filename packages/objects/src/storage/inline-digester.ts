import { createHash, type Hash } from 'node:crypto';
import type { DigestChoice, Digester, Digests } from '../ports.ts';

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
  readonly #sha256: Hash | undefined;

  constructor({ md5, sha256 }: DigestChoice) {
    this.#md5 = md5 ? createHash('md5') : undefined;
    this.#sha256 = sha256 ? createHash('sha256') : undefined;
  }

  update(bytes: Uint8Array): void {
    this.#md5?.update(bytes);
    this.#sha256?.update(bytes);
  }

  finish(): Digests {
    return { md5: this.#md5?.digest('hex') ?? '', sha256: this.#sha256?.digest('hex') ?? '' };
  }
}
