import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSeededRandom } from '@sterna/core/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import { connectClient, type ProtocolClient } from '../../../../tests/protocol-client/client.ts';
import { spawnServer, type SpawnedServer } from '../testing/spawn-server.ts';

// Every cycle starts a process.
vi.setConfig({ testTimeout: 120_000 });

const CYCLES = 4;
/** Killed in the middle of whatever comes after so many files of a cycle. */
const FILES_MOST = 12;

const random = createSeededRandom(7);

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A file that a message was acknowledged to name. */
interface Sent {
  seq: number;
  sha256: string;
  size: number;
}

/** Uploads and sends one file after the other, until the server is gone. */
async function sendFiles(client: ProtocolClient, sent: Sent[], from: number): Promise<void> {
  for (let count = 0; ; count += 1) {
    const body = randomBytes(1 + random.below(300_000));
    const begun = await client.request('upload.begin', {
      kind: 'file',
      size: body.length,
      name: `${count}.bin`,
    });
    const put = await fetch(begun.putURL, { method: 'PUT', body: new Uint8Array(body) });
    if (!put.ok) throw new Error(`the upload was answered with ${put.status}`);
    const { url, size } = await client.request('upload.finish', { kind: 'file', key: begun.key });
    const payload = { uuid: '', fileName: 'a', fileUrl: url, fileSize: size };
    const { seq } = await client.request('message.send', {
      conversationID: 'C2Cbob',
      clientID: `${from}-${count}`,
      elements: [{ type: 'TIMFileElem', payload }],
    });
    sent.push({ seq, sha256: sha256(body), size });
  }
}

/** What a reader finds behind each message: bytes by the message's number. */
async function readFiles(
  client: ProtocolClient,
  port: number,
): Promise<Map<number, { sha256: string; size: number }>> {
  const found = new Map<number, { sha256: string; size: number }>();
  for (let after = 0; ; ) {
    const page = await client.request('message.history', { conversationID: 'C2Cbob', after, limit: 100 });
    for (const { seq, elements } of page.messages) {
      const [element] = elements;
      if (element?.type !== 'TIMFileElem') throw new Error('not a file');
      const { pathname, search } = new URL(element.payload.fileUrl);
      const answer = await fetch(`http://127.0.0.1:${port}${pathname}${search}`);
      expect(answer.status).toBe(200);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      expect(bytes.length).toBe(element.payload.fileSize);
      found.set(seq, { sha256: sha256(bytes), size: bytes.length });
    }
    if (page.complete) return found;
    after = page.next;
  }
}

test('kill -9 under uploads: every message that was acknowledged has its file, whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sterna-files-crash-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const start = () => spawnServer({ data: join(folder, 'data'), config: { objects: { port: 0 } } });
  const enter = async (server: SpawnedServer, userID: string) => {
    const client = await connectClient(server.wsURL);
    const { objects } = await client.login(server.credentials(userID));
    return { client, port: Number(new URL(objects?.url ?? '').port) };
  };
  const sent: Sent[] = [];
  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    await using server = await start();
    const ready = await server.ready;
    await enter(ready, 'bob');
    const { client } = await enter(ready, 'alice');
    const working = sendFiles(client, sent, cycle).catch(() => undefined);
    const enough = sent.length + random.below(FILES_MOST);
    await expect.poll(() => sent.length, { interval: 7 }).toBeGreaterThan(enough);
    await server.kill9();
    await working;
  }
  await using server = await start();
  const { client, port } = await enter(await server.ready, 'alice');
  const found = await readFiles(client, port);
  expect(sent.length).toBeGreaterThan(CYCLES);
  for (const { seq, ...file } of sent) expect(found.get(seq)).toEqual(file);
});
