import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { connectClient } from '../../../../tests/protocol-client/client.ts';
import { startServer } from '../testing/start-server.ts';

const WITH_FILES = { config: { objects: { port: 0 } } };

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

test('a client is told at its login where files go, and the pages may talk to it', async () => {
  await using server = await startServer(WITH_FILES);
  await using client = await connectClient(server.wsURL);
  const { objects } = await client.login(server.credentials('alice'));
  expect(objects?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const unsigned = await fetch(`${objects?.url}/1/alice/x/y`);
  expect([unsigned.status, await unsigned.text()]).toEqual([403, expect.stringContaining('AccessDenied')]);
  const policy = (await fetch(`${server.url}/`)).headers.get('content-security-policy');
  expect(policy).toContain(`connect-src 'self' ws: wss: ${objects?.url};`);
});

test('without a port for them there are none', async () => {
  await using server = await startServer();
  await using client = await connectClient(server.wsURL);
  expect(await client.login(server.credentials('alice'))).not.toHaveProperty('objects');
});

test('the address is the public one where there is one', async () => {
  await using server = await startServer({
    config: { objects: { port: 0, publicURL: 'https://files.example.org/' } },
  });
  await using client = await connectClient(server.wsURL);
  const { objects } = await client.login(server.credentials('alice'));
  expect(objects).toEqual({ url: 'https://files.example.org' });
});

test('clients of other machines must have an address that they can reach', async () => {
  const everywhere = startServer({ config: { objects: { port: 0 }, host: '0.0.0.0' } });
  await expect(everywhere).rejects.toThrow('files need STERNA_OBJECTS_URL');
});

test('several processes would each have files of their own', async () => {
  const joined = startServer({ config: { objects: { port: 0 }, natsURL: 'nats://127.0.0.1:4222' } });
  await expect(joined).rejects.toThrow('files are kept by one process');
});

test('only pages that may open a socket may ask', async () => {
  const page = 'https://chat.example.com';
  await using server = await startServer({ ...WITH_FILES, app: { allowedOrigins: [page] } });
  await using client = await connectClient(server.wsURL);
  const { objects } = await client.login(server.credentials('alice'));
  const answerTo = async (origin: string) =>
    (await fetch(`${objects?.url}/a`, { headers: { origin } })).headers.get('access-control-allow-origin');
  expect(await answerTo(page)).toBe(page);
  expect(await answerTo('https://elsewhere.example.com')).toBeNull();
});

test('the port goes with the server, and a taken one fails the start and leaves nothing behind', async () => {
  const port = await freePort();
  const server = await startServer({ config: { objects: { port } } });
  await expect(startServer({ config: { objects: { port } } })).rejects.toMatchObject({
    cause: { code: 'EADDRINUSE' },
  });
  await server.stop();
  await using again = await startServer({ config: { objects: { port } } });
  expect((await fetch(`${again.url}/healthz`)).status).toBe(200);
});
