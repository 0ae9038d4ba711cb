import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Digester } from '../ports.ts';
import { seededContent } from '../testing/seeded-random.ts';
import { LEAF_BYTES } from './leaves.ts';
import { SLAB_BYTES } from './slabs.ts';

/** What every digester must keep to, for bodies small and large and for many at once. */
export function digesterContract(name: string, open: () => Digester & { close?: () => Promise<void> }): void {
  describe(`Digester: ${name}`, () => {
    test.each([
      0,
      1,
      SLAB_BYTES - 1,
      SLAB_BYTES,
      3 * SLAB_BYTES + 5,
      LEAF_BYTES - 1,
      LEAF_BYTES,
      LEAF_BYTES + 1,
      2 * LEAF_BYTES,
    ])('%i bytes', async (size) => {
      const digester = open();
      expect(await digest(digester, seededContent(`digest ${size}`, size))).toEqual(
        expected(seededContent(`digest ${size}`, size)),
      );
      await digester.close?.();
    });

    test.each([
      [5, { md5: false, leaves: true }],
      [2 * SLAB_BYTES, { md5: false, leaves: true }],
      [5, { md5: true, leaves: false }],
      [2 * SLAB_BYTES, { md5: true, leaves: false }],
    ])('of %i bytes what was chosen, no more: %j', async (size, choice) => {
      const digester = open();
      const body = seededContent('chosen', size);
      const running = digester.begin(choice);
      await running.update(body);
      const { md5, leaves } = expected(body);
      expect(await running.finish()).toEqual({
        md5: choice.md5 ? md5 : '',
        leaves: choice.leaves ? leaves : '',
      });
      await digester.close?.();
    });

    test('many at once are not mixed up', async () => {
      const digester = open();
      const bodies = Array.from({ length: 20 }, (_, each) => seededContent(`many ${each}`, 500_000 + each));
      const digests = await Promise.all(bodies.map((body) => digest(digester, body)));
      expect(digests).toEqual(bodies.map(expected));
      await digester.close?.();
    });

    test('bytes may be used again once the update has resolved', async () => {
      const digester = open();
      const body = seededContent('again', 4 * SLAB_BYTES);
      const slab = new Uint8Array(new SharedArrayBuffer(SLAB_BYTES));
      const running = digester.begin({ md5: true, leaves: true });
      for (let at = 0; at < body.length; at += SLAB_BYTES) {
        slab.set(body.subarray(at, at + SLAB_BYTES));
        await running.update(slab);
      }
      slab.fill(0);
      expect(await running.finish()).toEqual(expected(body));
      await digester.close?.();
    });

    test('a cancelled one leaves the others alone', async () => {
      const digester = open();
      const body = seededContent('cancel', 2 * SLAB_BYTES);
      const cancelled = digester.begin({ md5: true, leaves: true });
      await cancelled.update(body);
      const [, digests] = await Promise.all([cancelled.cancel(), digest(digester, body)]);
      expect(digests).toEqual(expected(body));
      await digester.begin({ md5: true, leaves: true }).cancel();
      await digester.close?.();
    });
  });
}

async function digest(digester: Digester, body: Buffer) {
  const running = digester.begin({ md5: true, leaves: true });
  for (let at = 0; at < body.length; at += SLAB_BYTES) {
    await running.update(body.subarray(at, at + SLAB_BYTES));
  }
  return running.finish();
}

function expected(body: Buffer) {
  return {
    md5: createHash('md5').update(body).digest('hex'),
    leaves: piecesOf(body)
      .map((piece) => createHash('sha256').update(piece).digest('hex'))
      .join(''),
  };
}

function piecesOf(body: Buffer): Buffer[] {
  const count = Math.max(1, Math.ceil(body.length / LEAF_BYTES));
  return Array.from({ length: count }, (_, each) =>
    body.subarray(each * LEAF_BYTES, (each + 1) * LEAF_BYTES),
  );
}
