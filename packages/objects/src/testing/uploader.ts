// A process that uploads into a service of its own until it is done, and says what began and what was acknowledged, one line
// of JSON each. Run with: node uploader.ts <settings as JSON>, see `UploaderSettings`.

import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { createObjectService } from '../adapters/create-object-service.ts';
import { openDiskBlobs } from '../adapters/disk/disk-blobs.ts';
import { nodeDiskFiles } from '../adapters/disk/disk-files.ts';
import { signedRequest, type Wanted } from './cos-client.ts';
import { noMedia, readBody, SECRET } from './memory-service.ts';
import { seededContent, seededRandom } from './seeded-random.ts';
import type { UploaderSettings, UploadLine } from './upload-lines.ts';

const PART_BYTES = 40_000;
const MOST_BYTES = 120_000;
const TOGETHER = 4;

const settings = JSON.parse(process.argv[2] ?? '{}') as UploaderSettings;
const random = seededRandom(`uploader ${settings.seed}`);
const below = (most: number): number =>
  new DataView(Uint8Array.from(random.bytes(4)).buffer).getUint32(0) % most;

const forgetful = {
  ...nodeDiskFiles,
  create: async (path: string) => ({ ...(await nodeDiskFiles.create(path)), sync: async () => undefined }),
};

const service = await createObjectService({
  dataDir: settings.path,
  secrets: [SECRET],
  publicURL: 'http://files.example.org',
  ports: {
    media: noMedia,
    ...(settings.flushes ? {} : { blobs: await openDiskBlobs(settings.path, forgetful) }),
  },
});

function say(line: UploadLine | { done: true }): void {
  writeSync(settings.fd, `${JSON.stringify(line)}\n`);
}

async function send(wanted: Wanted): Promise<string> {
  const credential = service.issueCredential({
    app: '1',
    user: 'alice',
    maxBytes: 1e7,
    expiresAtMs: Date.now() + 3_600_000,
  });
  const response = await service.answer(signedRequest(credential, wanted));
  const text = (await readBody(response)).toString();
  if (response.status !== 200) throw new Error(`answered with ${response.status}: ${text}`);
  return text;
}

async function sendParts(key: string, body: Buffer): Promise<void> {
  const begun = await send({ method: 'POST', key, query: { uploads: '' } });
  const uploadId = /<UploadId>(\w+)</.exec(begun)?.[1] ?? '';
  const list: string[] = [];
  for (let number = 1; (number - 1) * PART_BYTES < body.length; number += 1) {
    const part = body.subarray((number - 1) * PART_BYTES, number * PART_BYTES);
    await send({ method: 'PUT', key, query: { partNumber: String(number), uploadId }, body: part });
    const etag = createHash('md5').update(part).digest('hex');
    list.push(`<Part><PartNumber>${number}</PartNumber><ETag>"${etag}"</ETag></Part>`);
  }
  const completion = Buffer.from(`<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`);
  await send({ method: 'POST', key, query: { uploadId }, body: completion });
}

async function upload(number: number): Promise<void> {
  const key = `1/alice/${settings.seed}/${number}`;
  // One in six has been sent before, so that bytes are shared.
  const content = below(6) === 0 ? `content ${below(number + 1)}` : `content ${number}`;
  const body = seededContent(content, 1 + (hashOf(content) % MOST_BYTES));
  const sha256 = createHash('sha256').update(body).digest('hex');
  say({ key, sha256, acked: false });
  if (below(2) === 0) await send({ method: 'PUT', key, body });
  else await sendParts(key, body);
  say({ key, sha256, acked: true });
}

/** The same content has the same size. */
function hashOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32LE(0);
}

for (let number = 0; number < settings.uploads; number += TOGETHER) {
  await Promise.all(Array.from({ length: TOGETHER }, (_, each) => upload(number + each)));
}
await service.close();
say({ done: true });
