import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { issueCredential, type Credential } from '../access/credential.ts';
import { parseSecrets } from '../access/secrets.ts';
import { signGetURL } from '../access/signed-url.ts';
import { createObjectService } from '../adapters/create-object-service.ts';
import { ChildService } from './child-service.ts';
import { signedRequest, type Wanted } from './cos-client.ts';
import { SECRET } from './memory-service.ts';
import { seededContent, seededRandom } from './seeded-random.ts';

const UPLOADERS = 6;
const MOST_BYTES = 400_000;
const PART_BYTES = 130_000;
/** From the first upload to the kill, where the machine is quick enough for what has to be acknowledged. */
const MOST_LIFE_MS = 400;
/** How many a life acknowledges on average, at least: a kill before anything is kept shows nothing. */
const ACKNOWLEDGED_A_LIFE = 3;

export type KillReport = {
  cycles: number;
  acknowledged: number;
  resumed: number;
  unknown: number;
  orphans: number;
};

type Unfinished = { key: string; uploadId: string; content: Buffer; parts: Map<number, string> };

/** What the uploaders believe, to be held against what the service has. */
type Ledger = {
  /** Content of every object that was acknowledged. */
  acknowledged: Map<string, Buffer>;
  /** Content of every object whose answer never came. */
  unknown: Map<string, Buffer>;
  unfinished: Unfinished[];
};

/**
 * Uploads to a real process, kills it at a random moment, starts it again and compares, over and over. Throws
 * at the first object that was acknowledged and is not there, or that is there and not whole.
 */
export async function runKillCycles({ cycles, seed }: { cycles: number; seed: string }): Promise<KillReport> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sterna-kill-'));
  const random = numbersOf(seed);
  const ledger: Ledger = { acknowledged: new Map(), unknown: new Map(), unfinished: [] };
  const report: KillReport = { cycles: 0, acknowledged: 0, resumed: 0, unknown: 0, orphans: 0 };
  let service = await ChildService.start(dataDir);
  for (; report.cycles < cycles; report.cycles += 1) {
    const uploaders = Array.from({ length: UPLOADERS }, (_, each) =>
      upload(service, ledger, `${report.cycles}-${each}`, random),
    );
    await sleep(random(MOST_LIFE_MS));
    while (ledger.acknowledged.size <= report.cycles * ACKNOWLEDGED_A_LIFE) await sleep(5);
    await service.end('SIGKILL');
    await Promise.all(uploaders);
    service = await ChildService.start(dataDir);
    report.resumed += await resume(service, ledger);
    report.unknown += ledger.unknown.size;
    await compare(service, ledger);
  }
  report.acknowledged = ledger.acknowledged.size;
  await service.end('SIGTERM');
  report.orphans = await countOrphansAfterCollecting(dataDir);
  await rm(dataDir, { recursive: true });
  return report;
}

async function upload(
  service: ChildService,
  ledger: Ledger,
  name: string,
  random: (below: number) => number,
): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    const key = `1/alice/${name}/${turn}`;
    const content = seededContent(key, 1 + random(MOST_BYTES));
    ledger.unknown.set(key, content);
    const finished =
      random(2) === 0 ? await putWhole(service, key, content) : await putParts(service, ledger, key, content);
    if (!finished) return;
    ledger.unknown.delete(key);
    ledger.acknowledged.set(key, content);
  }
}

async function putWhole(service: ChildService, key: string, content: Buffer): Promise<boolean> {
  return (await send(service, { method: 'PUT', key, body: content })) !== undefined;
}

async function putParts(
  service: ChildService,
  ledger: Ledger,
  key: string,
  content: Buffer,
): Promise<boolean> {
  const begun = await send(service, { method: 'POST', key, query: { uploads: '' } });
  const uploadId = /<UploadId>(\w+)</.exec(begun ?? '')?.[1];
  if (uploadId === undefined) return false;
  const unfinished: Unfinished = { key, uploadId, content, parts: new Map() };
  ledger.unfinished.push(unfinished);
  if (!(await sendMissingParts(service, unfinished))) return false;
  if (!(await complete(service, unfinished))) return false;
  ledger.unfinished.splice(ledger.unfinished.indexOf(unfinished), 1);
  return true;
}

async function sendMissingParts(
  service: ChildService,
  { key, uploadId, content, parts }: Unfinished,
): Promise<boolean> {
  for (let number = 1; (number - 1) * PART_BYTES < content.length; number += 1) {
    if (parts.has(number)) continue;
    const body = content.subarray((number - 1) * PART_BYTES, number * PART_BYTES);
    const query = { partNumber: String(number), uploadId };
    if ((await send(service, { method: 'PUT', key, query, body })) === undefined) return false;
    parts.set(number, createHash('md5').update(body).digest('hex'));
  }
  return true;
}

async function complete(service: ChildService, { key, uploadId, parts }: Unfinished): Promise<boolean> {
  const list = [...parts].map(
    ([number, etag]) => `<Part><PartNumber>${number}</PartNumber><ETag>"${etag}"</ETag></Part>`,
  );
  const body = Buffer.from(`<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`);
  return (await send(service, { method: 'POST', key, query: { uploadId }, body })) !== undefined;
}

/** Uploads that were under way go on from where they were, after the crash. */
async function resume(service: ChildService, ledger: Ledger): Promise<number> {
  let resumed = 0;
  for (const unfinished of ledger.unfinished.splice(0)) {
    const { key, content } = unfinished;
    if (!(await isOpen(service, unfinished))) {
      // It was completed, and only the answer got lost: asked again, it comes again.
      if (!(await complete(service, unfinished))) throw new Error(`The upload of ${key} is gone.`);
      continue;
    }
    const done = (await sendMissingParts(service, unfinished)) && (await complete(service, unfinished));
    if (!done) throw new Error(`The upload of ${key} could not be resumed.`);
    resumed += 1;
    ledger.unknown.delete(key);
    ledger.acknowledged.set(key, content);
  }
  return resumed;
}

/** An open upload still has every part that was acknowledged. */
async function isOpen(service: ChildService, { key, uploadId, parts }: Unfinished): Promise<boolean> {
  const listed = await send(service, { method: 'GET', key, query: { uploadId } });
  if (listed === undefined) return false;
  for (const [number, etag] of parts) {
    const line = new RegExp(`<PartNumber>${number}</PartNumber>.*?<ETag>&quot;${etag}&quot;</ETag>`);
    if (!line.test(listed)) throw new Error(`Part ${number} of ${key} was acknowledged and is gone.`);
  }
  return true;
}

async function compare(service: ChildService, ledger: Ledger): Promise<void> {
  for (const [key, content] of ledger.acknowledged) {
    const found = await download(service, key);
    if (found === undefined) throw new Error(`${key} was acknowledged and is gone.`);
    if (!found.equals(content)) throw new Error(`${key} was acknowledged and is not what was sent.`);
  }
  for (const [key, content] of ledger.unknown) {
    const found = await download(service, key);
    if (found !== undefined && !found.equals(content)) throw new Error(`${key} is there and is not whole.`);
  }
  // Looked at once: nothing writes to them any more.
  ledger.unknown.clear();
}

/** A last start that collects at once: every file must then be one that the index names. */
async function countOrphansAfterCollecting(dataDir: string): Promise<number> {
  const limits = { orphanAgeMs: 0, uploadAgeMs: 0 };
  const service = await createObjectService({ dataDir, secrets: [SECRET], publicURL: 'http://x', limits });
  await service.collect();
  await service.close();
  const db = new DatabaseSync(join(dataDir, 'index.db'), { readOnly: true });
  const known = new Set(
    db
      .prepare('SELECT id FROM blobs')
      .all()
      .map(({ id }) => String(id)),
  );
  db.close();
  const files = await blobFiles(dataDir);
  if (known.size > files.length) throw new Error('The index names blobs that are not there.');
  return files.filter((file) => !known.has(file)).length;
}

async function blobFiles(dataDir: string): Promise<string[]> {
  const entries = await readdir(join(dataDir, 'blobs'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

async function download(service: ChildService, key: string): Promise<Buffer | undefined> {
  const publicURL = service.url;
  const url = signGetURL(parseSecrets([SECRET]), { publicURL, key, expiresAtMs: Date.now() + 60_000 });
  const response = await fetch(url);
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.status === 404) return undefined;
  if (response.status !== 200) throw new Error(`${key} answered ${response.status}.`);
  return bytes;
}

/** The text of a good answer; undefined when there was none, or the process died over it. */
async function send(service: ChildService, wanted: Wanted): Promise<string | undefined> {
  const headers = { host: `127.0.0.1:${service.port}` };
  const request = signedRequest(credential(), { ...wanted, headers });
  const { host: _, ...sent } = request.headers;
  try {
    const response = await fetch(service.url + request.target, {
      method: wanted.method,
      headers: Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, value ?? ''])),
      ...(wanted.body instanceof Uint8Array ? { body: new Uint8Array(wanted.body) } : {}),
    });
    const text = await response.text();
    return response.ok ? text : undefined;
  } catch {
    // The connection broke: what the service made of it is unknown.
    return undefined;
  }
}

function credential(): Credential {
  const nowMs = Date.now();
  const request = { app: '1', user: 'alice', maxBytes: 1e8, expiresAtMs: nowMs + 3_600_000 };
  return issueCredential(parseSecrets([SECRET]), request, nowMs);
}

function numbersOf(seed: string): (below: number) => number {
  const random = seededRandom(seed);
  return (below) => new DataView(Uint8Array.from(random.bytes(4)).buffer).getUint32(0) % below;
}

if (import.meta.main) {
  const [cycles = '50', seed = 'kill'] = process.argv.slice(2);
  const report = await runKillCycles({ cycles: Number(cycles), seed });
  console.log(JSON.stringify({ seed, ...report }));
}
