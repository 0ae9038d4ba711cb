import { describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS, type Limits } from '../limits.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { MemoryService } from '../testing/memory-service.ts';
import { Admission } from './admission.ts';
import { runCollector } from './collector.ts';
import { paced } from './ingest.ts';

const KEY = '1/alice/r/a';
const HOUR = 3_600_000;

function admission(limits: Partial<Limits> = {}, free = 1e12, used = { bytes: 0, objects: 0 }) {
  const clock = new FakeClock();
  let freeBytes = free;
  return {
    clock,
    setFree: (bytes: number) => (freeBytes = bytes),
    admission: new Admission({
      limits: { ...DEFAULT_LIMITS, ...limits },
      clock,
      blobs: { freeBytes: async () => freeBytes },
      index: { usage: async () => used },
    }),
  };
}

const alice = { app: '1', user: 'alice' };
const bob = { app: '1', user: 'bob' };

describe('admission', () => {
  test('places are bounded for each user and for all, and come back', async () => {
    const { admission: gate } = admission({ uploads: 3, uploadsPerUser: 2 });
    const first = await gate.admit(alice, 1);
    await gate.admit(alice, 1);
    await expect(gate.admit(alice, 1)).rejects.toMatchObject({ code: 'SlowDown' });
    await gate.admit(bob, 1);
    await expect(gate.admit(bob, 1)).rejects.toMatchObject({ code: 'SlowDown' });
    first.release();
    await gate.admit(bob, 1);
    expect(gate.transfers.uploads).toBe(3);
  });

  test('uploads that come at once cannot share the last room of a quota', async () => {
    const { admission: gate } = admission({ userBytes: 100 }, 1e12, { bytes: 40, objects: 0 });
    const results = await Promise.allSettled([
      gate.admit(alice, 30),
      gate.admit(alice, 30),
      gate.admit(alice, 30),
    ]);
    // Each sees what all three want together.
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(2);
    expect(gate.transfers.uploads).toBeLessThanOrEqual(2);
    await gate.admit(bob, 60);
    await expect(gate.admit(bob, 61)).rejects.toMatchObject({ code: 'UserQuotaExceeded' });
  });

  test.each([
    [60, undefined],
    [61, 'UserQuotaExceeded'],
  ])('%i bytes where 60 are left', async (bytes, code) => {
    const { admission: gate } = admission({ userBytes: 100 }, 1e12, { bytes: 40, objects: 0 });
    if (code === undefined) await gate.admit(alice, bytes);
    else await expect(gate.admit(alice, bytes)).rejects.toMatchObject({ code });
  });

  test('what a user keeps is asked once in a while, and again before anybody is refused for it', async () => {
    let asked = 0;
    let used = { bytes: 0, objects: 0 };
    const clock = new FakeClock();
    const gate = new Admission({
      limits: { ...DEFAULT_LIMITS, userBytes: 100 },
      clock,
      blobs: { freeBytes: async () => 1e12 },
      index: {
        usage: async () => {
          asked += 1;
          return used;
        },
      },
    });
    const take = async (bytes: number) => (await gate.admit(alice, bytes)).release();
    await take(60);
    used = { bytes: 60, objects: 1 };
    await take(60);
    expect(asked).toBe(1);
    clock.advance(1000);
    await expect(take(60)).rejects.toMatchObject({ code: 'UserQuotaExceeded' });
    used = { bytes: 0, objects: 0 };
    await take(60);
    expect(asked).toBe(3);
  });

  test('what has arrived since the disk was asked is not free any more', async () => {
    const { admission: gate, clock, setFree } = admission({ diskReserveBytes: 50 }, 100);
    const take = async (bytes: number) => {
      const { onBytes, release } = await gate.admit(alice, bytes);
      onBytes(bytes);
      release();
    };
    await take(30);
    await expect(take(30)).rejects.toMatchObject({ code: 'InsufficientStorage' });
    await take(20);
    clock.advance(1000);
    setFree(70);
    await take(20);
  });

  test('the last object of a quota', async () => {
    const limits = { userObjects: 2 };
    await admission(limits, 1e12, { bytes: 0, objects: 1 }).admission.admit(alice, 1);
    await expect(
      admission(limits, 1e12, { bytes: 0, objects: 2 }).admission.admit(alice, 1),
    ).rejects.toMatchObject({
      code: 'UserQuotaExceeded',
    });
  });

  test('the reserve of the disk is left alone, whoever is writing', async () => {
    const { admission: gate, clock, setFree } = admission({ diskReserveBytes: 1000 }, 1100);
    const first = await gate.admit(alice, 60);
    await expect(gate.admit(bob, 41)).rejects.toMatchObject({ code: 'InsufficientStorage', status: 507 });
    await gate.admit(bob, 40);
    // What arrived is on the disk now, where the next look finds it.
    first.onBytes(60);
    setFree(1040);
    clock.advance(1000);
    await expect(gate.admit(bob, 1)).rejects.toMatchObject({ code: 'InsufficientStorage' });
    setFree(5000);
    clock.advance(1000);
    await gate.admit(bob, 1);
  });

  test('downloads are bounded too, and a place is given back once', () => {
    const { admission: gate } = admission({ downloads: 1 });
    const release = gate.admitDownload();
    expect(() => gate.admitDownload()).toThrow(expect.objectContaining({ code: 'SlowDown' }));
    release();
    release();
    gate.admitDownload();
    expect(() => gate.admitDownload()).toThrow();
  });
});

describe('a body', () => {
  const rules = { ...DEFAULT_LIMITS, bodyIdleMs: 1000, bodyBytesPerSecond: 10, bodyMs: 60_000 };
  /** A body that takes the given time for each of its chunks. */
  const drip = async function* (clock: FakeClock, bytes: number, everyMs: number, chunks: number) {
    for (let chunk = 0; chunk < chunks; chunk += 1) {
      await Promise.resolve();
      clock.advance(everyMs);
      yield new Uint8Array(bytes);
    }
  };
  const drain = async (body: AsyncIterable<Uint8Array>, clock: FakeClock) => {
    let size = 0;
    for await (const chunk of paced(body, clock, rules)) size += chunk.byteLength;
    return size;
  };

  test('at a good pace arrives', async () => {
    const clock = new FakeClock();
    expect(await drain(drip(clock, 10, 900, 50), clock)).toBe(500);
    expect(clock.waiting).toBe(0);
  });

  test.each<[string, number, number, number]>([
    ['that stops', 100, 1001, 2],
    ['that crawls', 8, 900, 50],
    ['that never ends', 100, 900, 1000],
  ])('%s is given up', async (_, bytes, everyMs, chunks) => {
    const clock = new FakeClock();
    await expect(drain(drip(clock, bytes, everyMs, chunks), clock)).rejects.toMatchObject({
      code: 'RequestTimeout',
    });
    expect(clock.waiting).toBe(0);
  });

  test('that stalls gives its place and its disk back', async () => {
    const memory = new MemoryService();
    let began: () => void = () => undefined;
    const beginning = new Promise<void>((resolve) => (began = resolve));
    const body = (async function* () {
      yield Buffer.from('half');
      began();
      await new Promise(() => undefined);
    })();
    const answer = memory.send({ method: 'PUT', key: KEY, body });
    await beginning;
    expect(memory.service.transfers.uploads).toBe(1);
    memory.clock.advance(DEFAULT_LIMITS.bodyIdleMs);
    expect(await answer).toMatchObject({ status: 400, code: 'RequestTimeout' });
    expect(memory.service.transfers.uploads).toBe(0);
    expect(await memory.blobIDs()).toEqual([]);
  });
});

describe('quotas while streaming', () => {
  test('a user who has no room left is refused before a byte is stored', async () => {
    const memory = new MemoryService({ limits: { userBytes: 10 } });
    expect((await memory.send({ method: 'PUT', key: KEY, body: Buffer.alloc(10) })).status).toBe(200);
    expect(await memory.send({ method: 'PUT', key: `${KEY}2`, body: Buffer.alloc(1) })).toMatchObject({
      status: 403,
      code: 'UserQuotaExceeded',
    });
    expect(
      (
        await memory.send(
          { method: 'PUT', key: '1/bob/a/b', body: Buffer.alloc(1) },
          memory.credential({ user: 'bob' }),
        )
      ).status,
    ).toBe(200);
    expect(await memory.blobIDs()).toHaveLength(2);
  });

  test('a full disk refuses uploads and still serves', async () => {
    const memory = new MemoryService({ capacityBytes: 100, limits: { diskReserveBytes: 50 } });
    expect((await memory.send({ method: 'PUT', key: KEY, body: Buffer.alloc(50) })).status).toBe(200);
    memory.clock.advance(1000);
    expect(await memory.send({ method: 'PUT', key: `${KEY}2`, body: Buffer.alloc(1) })).toMatchObject({
      status: 507,
    });
    expect((await memory.send({ method: 'GET', key: KEY })).status).toBe(200);
  });
});

describe('the collector', () => {
  test('takes what is left of aborted, forgotten and deleted uploads, and nothing else', async () => {
    const memory = new MemoryService({ unkeptAgeMs: 48 * HOUR });
    const forever = memory.clock.nowMs() + 1000 * HOUR;
    const credential = memory.credential({ expiresAtMs: forever, actions: ['write', 'read', 'delete'] });
    const put = (key: string, text: string) =>
      memory.send({ method: 'PUT', key, body: Buffer.from(text) }, credential);
    await put('1/alice/r/kept', 'kept');
    await put('1/alice/r/unsent', 'unsent');
    await put('1/alice/r/gone', 'gone');
    await memory.service.keep(['1/alice/r/kept'], 'c');
    await memory.send({ method: 'DELETE', key: '1/alice/r/gone' }, credential);
    const begun = await memory.send({ method: 'POST', key: KEY, query: { uploads: '' } }, credential);
    const uploadId = /<UploadId>(\w+)</.exec(begun.body.toString())?.[1] ?? '';
    await memory.send(
      { method: 'PUT', key: KEY, query: { partNumber: '1', uploadId }, body: Buffer.from('part') },
      credential,
    );
    // A crash between writing a blob and naming it.
    await memory.blobs.write(
      '00orphan00',
      (async function* () {
        yield Buffer.from('orphan');
      })(),
    );

    expect(await memory.service.collect()).toEqual({ uploads: 0, objects: 0, garbage: 1, orphans: 0 });
    memory.clock.advance(HOUR + 1);
    expect(await memory.service.collect()).toEqual({ uploads: 0, objects: 0, garbage: 0, orphans: 1 });
    memory.clock.advance(24 * HOUR);
    expect(await memory.service.collect()).toEqual({ uploads: 1, objects: 0, garbage: 1, orphans: 0 });
    memory.clock.advance(24 * HOUR);
    expect(await memory.service.collect()).toEqual({ uploads: 0, objects: 1, garbage: 1, orphans: 0 });
    expect(await memory.blobIDs()).toHaveLength(1);
    expect((await memory.send({ method: 'GET', key: '1/alice/r/kept' }, credential)).body.toString()).toBe(
      'kept',
    );
  });

  test('runs at intervals, survives a failing round, reads every name rarely, and stops', async () => {
    const memory = new MemoryService();
    const warnings: string[] = [];
    let rounds = 0;
    let listings = 0;
    const list = () => {
      listings += 1;
      return memory.blobs.list();
    };
    const expireUploads = async () => {
      rounds += 1;
      if (rounds === 1) throw new Error('the disk is asleep');
      return 0;
    };
    const stop = runCollector({
      blobs: { ...memory.blobs, list },
      index: { ...memory.index, expireUploads },
      clock: memory.clock,
      limits: { ...DEFAULT_LIMITS, collectEveryMs: 10, sweepEveryMs: 25 },
      log: { warn: (event) => warnings.push(event) },
      unkeptAgeMs: undefined,
    });
    const seen: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      memory.clock.advance(10);
      await expect.poll(() => memory.clock.waiting).toBe(1);
      seen.push(listings);
    }
    expect(warnings).toEqual(['objects.collector.failed']);
    expect(rounds).toBe(5);
    expect(seen).toEqual([0, 1, 1, 1, 2]);
    await stop();
    expect(memory.clock.waiting).toBe(0);
  });
});

test('equal content is stored once for an app, and its bytes survive the first object', async () => {
  const memory = new MemoryService();
  const credential = memory.credential({ actions: ['write', 'read', 'delete'] });
  const body = Buffer.from('the same');
  for (const key of ['1/alice/a/x', '1/alice/b/x'])
    await memory.send({ method: 'PUT', key, body }, credential);
  expect(await memory.blobIDs()).toHaveLength(1);
  await memory.send({ method: 'DELETE', key: '1/alice/a/x' }, credential);
  await memory.service.collect();
  expect((await memory.send({ method: 'GET', key: '1/alice/b/x' }, credential)).body).toEqual(body);
});

test('a blob store that fails is a fault of ours, without its details', async () => {
  const memory = new MemoryService({
    blobs: (inner) => ({ ...inner, write: () => Promise.reject(new Error('EIO /secret/path')) }),
  });
  const answer = await memory.send({ method: 'PUT', key: KEY, body: Buffer.from('x') });
  expect(answer).toMatchObject({ status: 500, code: 'InternalError' });
  expect(answer.body.toString()).not.toContain('secret');
  expect(memory.warnings).toEqual(['objects.request.failed']);
});
