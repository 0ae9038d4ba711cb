import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digesterContract } from './digester.contract.ts';
import { inlineDigester } from './inline-digester.ts';
import { inSlabs, SLAB_BYTES, SlabPool } from './slabs.ts';

digesterContract('on the same thread', () => inlineDigester);

test('slabs hold what the chunks held, and wait for whoever still needs them', async () => {
  const chunks = fc.array(fc.integer({ min: 0, max: 2 * SLAB_BYTES }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(chunks, async (sizes) => {
      const body = Buffer.alloc(sizes.reduce((sum, size) => sum + size, 0));
      for (let at = 0; at < body.length; at += 1) body[at] = (at * 7 + (at >> 8)) & 255;
      const source = (async function* () {
        let at = 0;
        for (const size of sizes) {
          yield body.subarray(at, at + size);
          at += size;
        }
      })();
      const pool = new SlabPool();
      const seen: Buffer[] = [];
      const read: Buffer[] = [];
      // Reads a slab only later, as a thread would.
      const use = async (slab: Uint8Array) => {
        await Promise.resolve();
        await Promise.resolve();
        seen.push(Buffer.from(slab));
      };
      for await (const slab of inSlabs(source, pool.take(true), use)) read.push(Buffer.from(slab));
      await expect.poll(() => seen.length).toBe(read.length);
      expect(Buffer.concat(read).equals(body)).toBe(true);
      expect(Buffer.concat(seen).equals(body)).toBe(true);
      expect(read.slice(0, -1).every((slab) => slab.length === SLAB_BYTES)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test.each([1, 3])('whoever cannot use a slab stops the third at the latest: %i of them', async (count) => {
  const pool = new SlabPool();
  const source = (async function* () {
    for (let each = 0; each < count; each += 1) yield Buffer.alloc(SLAB_BYTES);
  })();
  const slabs = inSlabs(source, pool.take(false), () => Promise.reject(new Error('no thread')));
  const drain = async () => {
    let seen = 0;
    for await (const slab of slabs) seen += slab.byteLength / SLAB_BYTES;
    return seen;
  };
  if (count < 3) expect(await drain()).toBe(count);
  else await expect(drain()).rejects.toThrow('no thread');
});

test.each([true, false])('slabs are used again, shared: %s', (shared) => {
  const pool = new SlabPool();
  const first = pool.take(shared);
  pool.giveBack(first);
  expect(pool.take(!shared)).not.toBe(first);
  expect(pool.take(shared)).toBe(first);
  expect(pool.take(shared)).not.toBe(first);
});
