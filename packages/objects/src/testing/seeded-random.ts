import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Random } from '../ports.ts';

/** The same bytes for the same seed, and no two draws alike. */
export function seededRandom(seed: string): Random {
  let draws = 0;
  return {
    bytes: (count) => {
      draws += 1;
      const blocks = Array.from({ length: Math.ceil(count / 32) }, (_, block) =>
        createHash('sha256').update(`${seed}/${draws}/${block}`).digest(),
      );
      return Buffer.concat(blocks).subarray(0, count);
    },
  };
}

/** As much content as is asked for, the same for the same seed. */
export function seededContent(seed: string, size: number): Buffer {
  if (size === 0) return Buffer.alloc(0);
  return createHash('shake256', { outputLength: size }).update(seed).digest();
}
