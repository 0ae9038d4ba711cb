import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { drawImage } from '../testing/images.ts';
import { SECRET } from '../testing/memory-service.ts';
import { createObjectService, type ObjectServiceOptions } from './create-object-service.ts';

vi.setConfig({ testTimeout: 30_000 });

async function inFolder(check: (options: ObjectServiceOptions) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sterna-service-'));
  await check({ dataDir, secrets: [SECRET] });
  await rm(dataDir, { recursive: true });
}

const soon = () => Date.now() + 60_000;

test('put together, it stores an image and describes what was really made of it', () =>
  inFolder(async (options) => {
    await using service = await createObjectService(options);
    await service.listen(0, '127.0.0.1');
    const { key } = service.newKey('1', 'alice', '照片.jpg');
    const body = await drawImage('jpeg', 1600, 1200);
    const claims = { app: '1', user: 'alice', key, maxBytes: body.length, expiresAtMs: soon() };
    const sent = await fetch(service.signPutURL(claims), { method: 'PUT', body: new Uint8Array(body) });
    expect(sent.status).toBe(200);

    const { imageFormat, entries } = await service.describeImage(key);
    expect(imageFormat).toBe(1);
    expect(entries.map(({ type, width, height }) => [type, width, height])).toEqual([
      [0, 1600, 1200],
      [1, 264, 198],
      [2, 960, 720],
    ]);
    for (const { query, size } of entries) {
      const response = await fetch(`${service.signGetURL(key, soon())}${query === '' ? '' : `&${query}`}`);
      expect((await response.arrayBuffer()).byteLength).toBe(size);
      expect(response.headers.get('content-type')).toBe('image/jpeg');
    }
    expect(service.offer).toMatchObject({ publicURL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
  }));

test('a second one on the same directory is refused, and disturbs nothing there', () =>
  inFolder(async (options) => {
    await using first = await createObjectService(options);
    await writeFile(join(options.dataDir, 'blobs', '0123456789'), 'half of an upload');
    await expect(createObjectService(options)).rejects.toThrow(/lock/);
    expect(await readdir(join(options.dataDir, 'blobs'))).toEqual(['0123456789']);
    expect(first.transfers).toEqual({ uploads: 0, downloads: 0 });
  }));

test('one that could not be opened leaves the directory free', () =>
  inFolder(async (options) => {
    await writeFile(join(options.dataDir, 'blobs'), 'a file where a directory should be');
    await expect(createObjectService(options)).rejects.toThrow();
    await rm(join(options.dataDir, 'blobs'));
    const service = await createObjectService(options);
    await service.close();
  }));

test('on a server of somebody else', () =>
  inFolder(async (options) => {
    await using service = await createObjectService({ ...options, publicURL: 'https://files.example.org/' });
    const server = createServer(service.listener);
    service.configureServer(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { key } = service.newKey('1', 'alice', 'a');
    expect(service.signGetURL(key, soon())).toMatch(/^https:\/\/files\.example\.org\/1\/alice\//);
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    expect((await fetch(`http://127.0.0.1:${port}/${key}`)).status).toBe(403);
    expect(server.headersTimeout).toBeLessThan(60_000);
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }));

test('without an address there is no URL', () =>
  inFolder(async (options) => {
    await using service = await createObjectService(options);
    expect(() => service.signGetURL('1/alice/r/a', soon())).toThrow(/set publicURL, or listen first/);
  }));
