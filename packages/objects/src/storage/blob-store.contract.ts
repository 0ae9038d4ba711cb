import { randomFillSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { BlobStore } from '../ports.ts';

type Opened = { blobs: BlobStore; close?: () => Promise<void> | void };

/** What every blob store must keep to. Ids come from the test: nothing is shared between two runs. */
export function blobStoreContract(name: string, open: () => Promise<Opened>): void {
  describe(`BlobStore: ${name}`, () => {
    const with_ = async (check: (blobs: BlobStore) => Promise<void>) => {
      const { blobs, close } = await open();
      try {
        await check(blobs);
      } finally {
        await close?.();
      }
    };

    test('what was written is read back, whole and in ranges', () =>
      with_(async (blobs) => {
        const bytes = randomBytes(300_000);
        await blobs.write('aa00000001', chunksOf(bytes, 65_536));
        expect(await read(blobs, 'aa00000001', 0, bytes.length)).toEqual(bytes);
        expect(await read(blobs, 'aa00000001', 65_530, 65_542)).toEqual(bytes.subarray(65_530, 65_542));
        expect(await read(blobs, 'aa00000001', bytes.length - 1, bytes.length)).toEqual(bytes.subarray(-1));
        expect(await read(blobs, 'aa00000001', 7, 7)).toEqual(Buffer.alloc(0));
      }));

    test('a sender may use its chunks again', () =>
      with_(async (blobs) => {
        const bytes = randomBytes(1_000_000);
        const turns = [Buffer.alloc(65_536), Buffer.alloc(65_536)] as const;
        const reusing = (async function* () {
          for (let at = 0, turn: 0 | 1 = 0; at < bytes.length; at += 65_536, turn = turn === 0 ? 1 : 0) {
            const count = bytes.copy(turns[turn], 0, at, at + 65_536);
            yield turns[turn].subarray(0, count);
          }
        })();
        await blobs.write('aa00000011', reusing);
        for (const turn of turns) turn.fill(0);
        expect((await read(blobs, 'aa00000011', 0, bytes.length)).equals(bytes)).toBe(true);
      }));

    test('an empty blob is one', () =>
      with_(async (blobs) => {
        await blobs.write('aa00000002', chunksOf(Buffer.alloc(0), 1));
        expect(await read(blobs, 'aa00000002', 0, 0)).toEqual(Buffer.alloc(0));
        expect(await ids(blobs)).toEqual(['aa00000002']);
      }));

    test('one larger than any buffer on the way', () =>
      with_(async (blobs) => {
        const bytes = randomBytes(11 * 1024 * 1024 + 3);
        await blobs.write('aa00000003', chunksOf(bytes, 262_144));
        expect((await read(blobs, 'aa00000003', 0, bytes.length)).equals(bytes)).toBe(true);
      }));

    test.each([1, 200_000, 12_000_000])('a source that breaks after %i bytes leaves nothing', (size) =>
      with_(async (blobs) => {
        const breaking = (async function* () {
          yield* chunksOf(randomBytes(size), 65_536);
          throw new Error('the sender went away');
        })();
        await expect(blobs.write('aa00000004', breaking)).rejects.toThrow('the sender went away');
        await expect(read(blobs, 'aa00000004', 0, 1)).rejects.toThrow();
        expect(await ids(blobs)).toEqual([]);
      }),
    );

    test('what was removed is gone, and removing it again is no error', () =>
      with_(async (blobs) => {
        await blobs.write('aa00000005', chunksOf(randomBytes(10), 10));
        await blobs.remove('aa00000005');
        await blobs.remove('aa00000005');
        await expect(read(blobs, 'aa00000005', 0, 1)).rejects.toThrow();
        await expect(read(blobs, 'aa00000005', 0, 0)).rejects.toThrow();
      }));

    test('all blobs are listed, with a time of now', () =>
      with_(async (blobs) => {
        const wanted = ['aa00000006', 'ab00000007', 'ff00000008'];
        for (const id of wanted) await blobs.write(id, chunksOf(randomBytes(10), 10));
        expect(await ids(blobs)).toEqual(wanted);
        for (const id of wanted) {
          expect(Math.abs(((await blobs.modifiedMs(id)) ?? 0) - Date.now())).toBeLessThan(60_000);
        }
        expect(await blobs.modifiedMs('aa00000099')).toBeUndefined();
      }));

    test('there is room', () =>
      with_(async (blobs) => {
        expect(await blobs.freeBytes()).toBeGreaterThan(0);
      }));
  });
}

async function ids(blobs: BlobStore): Promise<string[]> {
  const found: string[] = [];
  for await (const id of blobs.list()) found.push(id);
  return found.toSorted();
}

async function read(blobs: BlobStore, id: string, start: number, end: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of blobs.read(id, { start, end })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function randomBytes(size: number): Buffer {
  return randomFillSync(Buffer.alloc(size));
}
