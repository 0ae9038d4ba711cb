import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blobStoreContract } from '../../storage/blob-store.contract.ts';
import { HttpHost } from '../../testing/http-host.ts';
import { seededContent } from '../../testing/seeded-random.ts';
import { openS3Blobs } from './s3-blobs.ts';

/** A store of one's own can be named, to run the same suite against it: it must have this bucket, and it empty. */
const OUTSIDE = process.env['OBJECTS_TEST_S3_ENDPOINT'];
const BUCKET = 'sterna-objects-test';
const KEYS = {
  accessKeyId: process.env['OBJECTS_TEST_S3_KEY'] ?? 'S3RVER',
  secretAccessKey: process.env['OBJECTS_TEST_S3_SECRET'] ?? 'S3RVER',
};

type S3rver = new (options: object) => {
  configureBuckets(): Promise<void>;
  callback(): (request: unknown, response: unknown) => void;
};

let endpoint: string;
let server: Server | undefined;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sterna-s3-'));
  if (OUTSIDE !== undefined) {
    endpoint = OUTSIDE;
    return;
  }
  const S3rver: S3rver = createRequire(import.meta.url)('s3rver');
  const store = new S3rver({ directory, silent: true, configureBuckets: [{ name: BUCKET }] });
  await store.configureBuckets();
  server = createServer(store.callback());
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await rm(directory, { recursive: true });
});

let opened = 0;

/** A place of its own in the bucket for every test. */
function open() {
  opened += 1;
  const prefix = `run-${Date.now()}-${opened}/`;
  return openS3Blobs({
    bucket: BUCKET,
    region: 'us-east-1',
    endpoint,
    prefix,
    pathStyle: true,
    credentials: KEYS,
  });
}

blobStoreContract(OUTSIDE ?? 's3rver', async () => {
  const blobs = await open();
  return { blobs, close: () => blobs.close() };
});

test('the whole service over S3', async () => {
  const blobs = await open();
  await using host = await HttpHost.start({}, { blobs });
  const body = seededContent('over s3', 6_000_000);
  expect((await host.put('1/alice/r/a.bin', body)).status).toBe(200);
  const ranged = await fetch(host.getURL('1/alice/r/a.bin'), { headers: { range: 'bytes=5999990-' } });
  expect(Buffer.from(await ranged.arrayBuffer())).toEqual(body.subarray(5_999_990));
  const whole = await fetch(host.getURL('1/alice/r/a.bin'));
  expect(Buffer.from(await whole.arrayBuffer()).equals(body)).toBe(true);
});
