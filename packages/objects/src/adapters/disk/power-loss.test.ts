import { expect, test } from 'vitest';
import type { BlobStore } from '../../ports.ts';
import { PowerLossDisk } from '../../testing/power-loss-disk.ts';
import { seededContent, seededRandom } from '../../testing/seeded-random.ts';
import { openDiskBlobs } from './disk-blobs.ts';

const WRITERS = 4;
/** Large enough for several system calls each. */
const SIZE = 300_000;
/** States that are looked at for each moment of the cut. */
const STATES = 20;

type Outcome = { cuts: number; acknowledged: number; lost: number; torn: number };

/** Cuts the power after every single operation, and looks at what may be left. */
async function cutEverywhere(disturb: (disk: PowerLossDisk) => void): Promise<Outcome> {
  const outcome: Outcome = { cuts: 0, acknowledged: 0, lost: 0, torn: 0 };
  for (let failAfter = 2; ; failAfter += 1) {
    const disk = new PowerLossDisk();
    disturb(disk);
    const blobs = await openDiskBlobs('/data', disk);
    disk.failAfter = failAfter;
    const results = await Promise.allSettled(
      Array.from({ length: WRITERS }, (_, each) => writeOne(blobs, each)),
    );
    const acknowledged = results.flatMap(({ status }, each) => (status === 'fulfilled' ? [each] : []));
    outcome.cuts += 1;
    outcome.acknowledged += acknowledged.length;
    for (let state = 0; state < STATES; state += 1) {
      await look(disk, coin(`${failAfter}/${state}`), acknowledged, outcome);
    }
    if (acknowledged.length === WRITERS) return outcome;
  }
}

async function look(disk: PowerLossDisk, keep: () => boolean, acknowledged: number[], outcome: Outcome) {
  const left = await openDiskBlobs('/data', disk.afterPowerLoss(keep));
  const found = new Map<string, Buffer>();
  for await (const id of left.list()) found.set(id, await readOne(left, id));
  for (const each of acknowledged) if (!found.has(idOf(each))) outcome.lost += 1;
  for (const each of acknowledged)
    if (found.get(idOf(each))?.equals(contentOf(each)) === false) outcome.torn += 1;
}

test('a blob that was acknowledged is there and whole after a power cut at any moment', async () => {
  const outcome = await cutEverywhere(() => undefined);
  expect(outcome).toMatchObject({ lost: 0, torn: 0 });
  expect(outcome.cuts).toBeGreaterThan(20);
  expect(outcome.acknowledged).toBeGreaterThan(0);
});

test('without flushing the file, the same test finds torn blobs', async () => {
  const outcome = await cutEverywhere((disk) => {
    const create = disk.create.bind(disk);
    disk.create = async (path) => ({ ...(await create(path)), sync: async () => undefined });
  });
  expect(outcome.torn).toBeGreaterThan(0);
});

test('without flushing the directory, it finds lost ones', async () => {
  const outcome = await cutEverywhere((disk) => {
    disk.syncDirectory = async () => undefined;
  });
  expect(outcome.lost).toBeGreaterThan(0);
});

const idOf = (each: number): string => `${each}a00000000`;
const CONTENTS = Array.from({ length: WRITERS }, (_, each) => seededContent(`content ${each}`, SIZE));
const contentOf = (each: number): Buffer => CONTENTS[each] ?? Buffer.alloc(0);

function writeOne(blobs: BlobStore, each: number): Promise<void> {
  const content = contentOf(each);
  const chunks = (async function* () {
    for (let at = 0; at < content.length; at += 65_536) yield content.subarray(at, at + 65_536);
  })();
  return blobs.write(idOf(each), chunks);
}

async function readOne(blobs: BlobStore, id: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of blobs.read(id, { start: 0, end: SIZE })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function coin(seed: string): () => boolean {
  const random = seededRandom(seed);
  return () => ((random.bytes(1)[0] ?? 0) & 1) === 1;
}
