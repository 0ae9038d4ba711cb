import { createSeededRandom } from '@sterna/core/testing';
import { expect, test, vi } from 'vitest';
import { fuzz } from './fuzz.ts';
import { startFuzzServer } from './fuzz-server.ts';
import { fuzzFrame, KINDS } from './mutate.ts';
import { ABUSES, commit } from './raw-abuse.ts';
import { prototypeNames } from './watch-prototypes.ts';

vi.setConfig({ testTimeout: 180_000 });

const FRAMES = 10_000;
const SEED = 20_261_123;

test(`${FRAMES} bad frames hurt nobody`, async () => {
  await using server = await startFuzzServer();
  const report = await fuzz(await server.process.ready, { frames: FRAMES, seed: SEED });
  console.log(JSON.stringify({ seed: SEED, ...report, kinds: undefined }));
  expect(report.failures).toEqual([]);
  expect(report.frames).toBeGreaterThanOrEqual(FRAMES);
  // A machine that runs other tests beside this one is slow, but a server that stands still is slower.
  expect(report.canary.p50Ms).toBeLessThan(250);
  expect(report.canary.trips).toBeGreaterThan(50);
  expect(report.grownBytes).toBeLessThan(50 * 1024 * 1024);
  const { code, prototypes, errors } = await server.finish();
  expect(code).toBe(0);
  expect(errors).toEqual([]);
  expect(prototypes).toEqual(JSON.parse(JSON.stringify(prototypeNames())));
});

test('every abuse of the WebSocket protocol has its reaction', async () => {
  await using server = await startFuzzServer();
  const { port } = await server.process.ready;
  const random = createSeededRandom(SEED);
  for (const [name, { right }] of Object.entries(ABUSES)) {
    expect(right, name).toContain(await commit(name, port, random));
  }
});

test('a seed gives the same frames again, and frames of every kind', () => {
  const draw = () => {
    const random = createSeededRandom(SEED);
    return Array.from({ length: 2000 }, (_, index) => fuzzFrame(index + 1, random));
  };
  expect(draw()).toEqual(draw());
  expect(new Set(draw().map(({ kind }) => kind))).toEqual(new Set(KINDS));
});
