import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { seededContent } from '../testing/seeded-random.ts';
import { contentDigest, joinLeaves, LEAF_BYTES, Leaves } from './leaves.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function leavesOf(bytes: Uint8Array, step = bytes.byteLength): string {
  const leaves = new Leaves();
  for (let at = 0; at < bytes.byteLength; at += step) leaves.update(bytes.subarray(at, at + step));
  return leaves.finish();
}

function cut(bytes: Uint8Array, sizes: readonly number[]) {
  let at = 0;
  return sizes.map((size) => {
    const piece = bytes.subarray(at, at + size);
    at += size;
    return { size, leaves: leavesOf(piece) };
  });
}

test('up to a MiB content is known by its SHA-256, as it was in older files', () => {
  for (const size of [0, 1, LEAF_BYTES]) {
    const bytes = seededContent(`leaf ${size}`, size);
    expect(contentDigest(leavesOf(bytes))).toBe(sha256(bytes));
  }
});

test('the steps in which bytes come change nothing', () => {
  const bytes = seededContent('steps', 2 * LEAF_BYTES + 7);
  const leaves = leavesOf(bytes);
  expect(leaves).toHaveLength(3 * 64);
  for (const step of [65_536, 999_999, LEAF_BYTES, LEAF_BYTES + 1])
    expect(leavesOf(bytes, step)).toBe(leaves);
});

test.each([
  ['slices of a leaf', [LEAF_BYTES, LEAF_BYTES, LEAF_BYTES, 7], true],
  ['slices of several', [2 * LEAF_BYTES, LEAF_BYTES + 7], true],
  ['one piece', [3 * LEAF_BYTES + 7], true],
  ['a cut within a leaf', [LEAF_BYTES + 1, 2 * LEAF_BYTES + 6], false],
  ['an empty piece', [LEAF_BYTES, 0, 2 * LEAF_BYTES + 7], false],
])('%s: the leaves are known without reading again: %j', (_, sizes, known) => {
  const bytes = seededContent('pieces', 3 * LEAF_BYTES + 7);
  expect(joinLeaves(cut(bytes, sizes))).toBe(known ? leavesOf(bytes) : undefined);
});

test('a piece whose leaves nobody took has to be read', () => {
  expect(joinLeaves([{ size: LEAF_BYTES, leaves: '' }])).toBeUndefined();
});
