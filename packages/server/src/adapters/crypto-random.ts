import { randomBytes } from 'node:crypto';
import type { Random } from '@sterna/core';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Bytes from here on would make the first letters of the alphabet likelier than the last. */
const UNFAIR_FROM = 256 - (256 % ALPHABET.length);

/** Ids that cannot be guessed, from the operating system's generator. */
export const cryptoRandom: Random = {
  id(length) {
    let id = '';
    while (id.length < length) {
      for (const byte of randomBytes(length - id.length)) {
        if (byte < UNFAIR_FROM) id += ALPHABET.charAt(byte % ALPHABET.length);
      }
    }
    return id;
  },
  fraction: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
};
