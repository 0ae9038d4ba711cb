import { createHash } from 'node:crypto';
import type { Locks } from '@sterna/core';

/** A scope as a number that an advisory lock can be taken on. Two scopes of one number wait for each other needlessly, no worse. */
export function lockNumber(schema: string, scope: string): bigint {
  return createHash('sha1').update(`${schema}\n${scope}`).digest().readBigInt64BE(0);
}

/** The locks of a batch as two arrays in one order for all: a scope wanted both ways is exclusive. */
export function batchLocks(
  schema: string,
  wanted: readonly Locks[],
): { numbers: bigint[]; exclusive: boolean[] } {
  const locks = new Map<bigint, boolean>();
  for (const { exclusive, shared } of wanted) {
    for (const scope of exclusive) locks.set(lockNumber(schema, scope), true);
    for (const scope of shared) {
      const number = lockNumber(schema, scope);
      if (!locks.has(number)) locks.set(number, false);
    }
  }
  const sorted = [...locks].sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    numbers: sorted.map(([number]) => number),
    exclusive: sorted.map(([, isExclusive]) => isExclusive),
  };
}
