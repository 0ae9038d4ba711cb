import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { type ClientRequest, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectClient } from '../../../../tests/protocol-client/client.ts';
import { startServer, type TestServer } from '../testing/start-server.ts';

const MB = 1_000_000;

/** A disk of its own that is really full when it is full. Mounting one is for root, and for Linux. */
function mountDisk(path: string, megabytes: number): boolean {
  mkdirSync(path, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]);
  return mounted.status === 0;
}

const canMount = (() => {
  const path = mkdtempSync(join(tmpdir(), 'sterna-mount-'));
  const can = mountDisk(path, 1);
  if (can) spawnSync('umount', [path]);
  rmSync(path, { recursive: true });
  if (!can)
    console.warn('A disk of a few megabytes cannot be mounted here: what a full one does is not tested.');
  return can;
})();

/** A data folder with a small disk at `below` it, gone at the end of the test. */
function smallDisk(below: string, megabytes: number): { data: string; disk: string } {
  const data = mkdtempSync(join(tmpdir(), 'sterna-full-'));
  const disk = join(data, below);
  expect(mountDisk(disk, megabytes)).toBe(true);
  onTestFinished(() => {
    expect(spawnSync('umount', [disk]).status).toBe(0);
    rmSync(data, { recursive: true });
  });
  return { data, disk };
}

async function connect(server: TestServer, userID: string) {
  const client = await connectClient(server.wsURL);
  await client.login(server.credentials(userID));
  return client;
}

type Client = Awaited<ReturnType<typeof connect>>;

let sends = 0;

async function say(client: Client, text: string): Promise<number> {
  sends += 1;
  const elements = [{ type: 'TIMTextElem' as const, payload: { text } }];
  const message = { conversationID: 'C2Cbob', clientID: `c${sends}`, elements };
  return (await client.request('message.send', message)).seq;
}

async function begin(client: Client, size: number): Promise<{ key: string; putURL: string }> {
  return client.request('upload.begin', { kind: 'file', size, name: 'a.bin' });
}

/** A PUT that sends when it is told to. */
function openPut(url: string, size: number): { sending: ClientRequest; answer: Promise<string> } {
  const sending = request(url, { method: 'PUT', headers: { 'content-length': size } });
  const answer = new Promise<string>((resolve) => {
    sending.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () =>
        resolve(`${response.statusCode} ${/<Code>(\w+)</.exec(text)?.[1] ?? ''}`.trim()),
      );
    });
    sending.on('error', (error) => resolve(error.message));
  });
  return { sending, answer };
}

function put(url: string, body: Buffer): Promise<string> {
  const { sending, answer } = openPut(url, body.length);
  sending.end(body);
  return answer;
}

const freeBytes = (path: string): number => {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
};

const blobsOn = (disk: string): string[] =>
  existsSync(join(disk, 'blobs'))
    ? readdirSync(join(disk, 'blobs'), { recursive: true })
        .map(String)
        .filter((name) => name.includes('/'))
    : [];

describe.runIf(canMount)('a disk that is really full', () => {
  test('in the middle of a body: it is refused and leaves nothing, messages go on, and with room it is taken', async () => {
    const { data, disk } = smallDisk('objects', 24);
    const objects = { port: 0, diskReserveBytes: 0 };
    await using server = await startServer({ config: { objects }, data, store: 'configured' });
    await using alice = await connect(server, 'alice');
    await using bob = await connect(server, 'bob');
    const body = randomBytes(8 * MB);
    const { key, putURL } = await begin(alice, body.length);
    const { sending, answer } = openPut(putURL, body.length);
    sending.write(body.subarray(0, MB));
    await expect.poll(() => blobsOn(disk).length).toBe(1);

    const ballast = join(disk, 'ballast');
    writeFileSync(ballast, Buffer.alloc(freeBytes(disk) - MB));
    sending.end(body.subarray(MB));
    expect(await answer).toBe('507 InsufficientStorage');
    await expect.poll(() => blobsOn(disk)).toEqual([]);
    writeFileSync(join(disk, 'rest'), Buffer.alloc(freeBytes(disk)));
    expect(freeBytes(disk)).toBe(0);
    const small = await put((await begin(alice, 4)).putURL, Buffer.from('four'));
    expect(small).toBe('507 InsufficientStorage');
    await expect(alice.request('upload.finish', { kind: 'file', key })).rejects.toMatchObject({
      code: 114000,
    });
    expect(await say(alice, 'still here')).toBe(1);
    await bob.push('conversation', ({ events }) => events.length > 0);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);

    rmSync(ballast);
    rmSync(join(disk, 'rest'));
    await expect.poll(() => put(putURL, body), { timeout: 5000 }).toBe('200');
    const { url } = await alice.request('upload.finish', { kind: 'file', key });
    const stored = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(stored.equals(body)).toBe(true);
  });

  test('uploads end while there is still room for messages, on the disk that both share', async () => {
    const { data, disk } = smallDisk('', 64);
    const objects = { port: 0, diskReserveBytes: 24 * MB };
    await using server = await startServer({ config: { objects }, data, store: 'configured' });
    await using alice = await connect(server, 'alice');
    await using bob = await connect(server, 'bob');
    const answers: string[] = [];
    while (answers.at(-1) !== '507 InsufficientStorage' && answers.length < 30) {
      const bodies = await Promise.all([1, 2, 3, 4].map(() => begin(alice, 2 * MB)));
      answers.push(...(await Promise.all(bodies.map(({ putURL }) => put(putURL, randomBytes(2 * MB))))));
    }
    expect(answers.filter((answer) => answer === '200').length).toBeGreaterThan(5);
    expect(new Set(answers)).toEqual(new Set(['200', '507 InsufficientStorage']));
    expect(freeBytes(disk)).toBeGreaterThanOrEqual(23 * MB);
    const text = 'x'.repeat(8000);
    for (let turn = 0; turn < 10; turn += 1) {
      const seqs = await Promise.all(Array.from({ length: 50 }, () => say(alice, text)));
      expect(new Set(seqs)).toEqual(new Set(Array.from({ length: 50 }, (_, each) => turn * 50 + each + 1)));
    }
    await bob.push('conversation', ({ to }) => to >= 500);
  });
});
