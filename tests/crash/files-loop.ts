import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createSeededRandom, type SeededRandom } from '@sterna/core/testing';
import { type SpawnedServer, spawnServer } from '@sterna/server/testing';
import { connectClient, type ProtocolClient } from '../protocol-client/client.ts';

export interface FilesReport {
  cycles: number;
  /** Messages with a file that were acknowledged; each was read again, and its file compared. */
  acked: number;
}

/** A file that a message was acknowledged to name. */
interface Sent {
  seq: number;
  sha256: string;
  size: number;
}

/** Uploads at once, of one device. */
const WINDOW = 3;
const MOST_BYTES = 300_000;
/** The latest kill after the first upload. */
const KILL_WITHIN_MS = 400;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Kills a real server under uploads, over and over on the same data. Every message that was acknowledged must be there with
 * its file, whole; throws at the first that is not.
 */
export async function crashFiles({ cycles, seed }: { cycles: number; seed: number }): Promise<FilesReport> {
  const folder = await mkdtemp(join(tmpdir(), 'sterna-files-crash-'));
  const random = createSeededRandom(seed);
  const start = () => spawnServer({ data: join(folder, 'data'), config: { objects: { port: 0 } } });
  const sent: Sent[] = [];
  try {
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      await using server = await start();
      const ready = await server.ready;
      await enter(ready, 'bob');
      const { client } = await enter(ready, 'alice');
      const before = sent.length;
      let isWorking = true;
      const working = Promise.all(
        Array.from({ length: WINDOW }, (_, each) => sendFiles(client, sent, random, `${cycle}-${each}`)),
      ).catch(() => {
        isWorking = false;
      });
      while (isWorking && sent.length === before) await delay(5);
      await delay(random.below(KILL_WITHIN_MS));
      await server.kill9();
      await working;
    }
    await using server = await start();
    const { client, port } = await enter(await server.ready, 'alice');
    await compare(client, port, sent);
    return { cycles, acked: sent.length };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function enter(server: SpawnedServer, userID: string) {
  const client = await connectClient(server.wsURL);
  const { objects } = await client.login(server.credentials(userID));
  return { client, port: Number(new URL(objects?.url ?? '').port) };
}

/** Uploads and sends one file after the other, until the server is gone. */
async function sendFiles(client: ProtocolClient, sent: Sent[], random: SeededRandom, name: string) {
  for (let count = 0; ; count += 1) {
    const body = randomBytes(1 + random.below(MOST_BYTES));
    const size = body.length;
    const begun = await client.request('upload.begin', { kind: 'file', size, name: `${count}.bin` });
    const put = await fetch(begun.putURL, { method: 'PUT', body: new Uint8Array(body) });
    if (!put.ok) throw new Error(`the upload was answered with ${put.status}`);
    const { url } = await client.request('upload.finish', { kind: 'file', key: begun.key });
    const payload = { uuid: '', fileName: 'a', fileUrl: url, fileSize: size };
    const { seq } = await client.request('message.send', {
      conversationID: 'C2Cbob',
      clientID: `${name}-${count}`,
      elements: [{ type: 'TIMFileElem', payload }],
    });
    sent.push({ seq, sha256: sha256(body), size });
  }
}

/** Reads the whole history: every message's file is there and whole, those that were acknowledged as they were sent. */
async function compare(client: ProtocolClient, port: number, sent: readonly Sent[]): Promise<void> {
  const missing = new Map(sent.map((file) => [file.seq, file]));
  for (let after = 0; ; ) {
    const page = await client.request('message.history', { conversationID: 'C2Cbob', after, limit: 100 });
    for (const { seq, elements } of page.messages) {
      const [element] = elements;
      if (element?.type !== 'TIMFileElem') throw new Error(`message ${seq} has no file`);
      const found = await download(element.payload.fileUrl, port);
      const told = missing.get(seq);
      if (found.length !== element.payload.fileSize) throw new Error(`the file of ${seq} is not whole`);
      if (told !== undefined && sha256(found) !== told.sha256)
        throw new Error(`the file of ${seq} is another one`);
      missing.delete(seq);
    }
    if (page.complete) break;
    after = page.next;
  }
  if (missing.size > 0) throw new Error(`${missing.size} acked messages with files are lost`);
}

/** By its link, at the port that the service has now. */
async function download(link: string, port: number): Promise<Uint8Array> {
  const { pathname, search } = new URL(link);
  const answer = await fetch(`http://127.0.0.1:${port}${pathname}${search}`);
  if (answer.status !== 200) throw new Error(`${pathname} answered with ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}
