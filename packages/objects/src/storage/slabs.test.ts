import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digesterContract } from './digester.contract.ts';
import { inlineDigester } from './inline-digester.ts';
import { inSlabs, LONG_SLAB_BYTES, SLAB_BYTES, SlabPool } from './slabs.ts';

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
      for await (const slab of inSlabs(source, pool.take({ shared: true, bytes: body.length }), use))
        read.push(Buffer.from(slab));
      await expect.poll(() => seen.length).toBe(read.length);
      expect(Buffer.concat(read).equals(body)).toBe(true);
      expect(Buffer.concat(seen).equals(body)).toBe(true);
      const [length] = new Set(read.slice(0, -1).map((slab) => slab.length));
      expect([undefined, body.length < 2 * LONG_SLAB_BYTES ? SLAB_BYTES : LONG_SLAB_BYTES]).toContain(length);
    }),
    { numRuns: 30 },
  );
});

test.each([1, 3])('whoever cannot use a slab stops the third at the latest: %i of them', async (count) => {
  const pool = new SlabPool();
  const source = (async function* () {
    for (let each = 0; each < count; each += 1) yield Buffer.alloc(SLAB_BYTES);
  })();
  const slabs = inSlabs(source, pool.take({ shared: false, bytes: SLAB_BYTES }), () =>
    Promise.reject(new Error('no thread')),
  );
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
  for (const bytes of [SLAB_BYTES, undefined]) {
    const first = pool.take({ shared, bytes });
    pool.giveBack(first);
    expect(pool.take({ shared: !shared, bytes })).not.toBe(first);
    expect(pool.take({ shared, bytes })).toBe(first);
    expect(pool.take({ shared, bytes })).not.toBe(first);
  }
});

test('long slabs are for long bodies, and few: many uploads at once cost little memory', () => {
  const pool = new SlabPool();
  const lengthFor = (bytes: number | undefined) => pool.take({ shared: true, bytes })[0].byteLength;
  expect(lengthFor(2 * LONG_SLAB_BYTES - 1)).toBe(SLAB_BYTES);
  const first = pool.take({ shared: true, bytes: 1e9 });
  expect(first[0].byteLength).toBe(LONG_SLAB_BYTES);
  const lengths = Array.from({ length: 255 }, () => lengthFor(undefined));
  expect(lengths.reduce((sum, length) => sum + 2 * length, 0)).toBeLessThan(75_000_000);
  expect(lengthFor(1e9)).toBe(SLAB_BYTES);
  pool.giveBack(first);
  expect(lengthFor(1e9)).toBe(LONG_SLAB_BYTES);
});
