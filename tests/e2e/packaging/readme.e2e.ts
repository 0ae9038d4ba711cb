import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startServer } from '@sterna/server/testing';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { launchBrowser } from '../../environment/chromium.ts';
import { connectClient } from '../../protocol-client/client.ts';
import { createProject } from './package.ts';

const README = new URL('../../../README.md', import.meta.url);
const SDK = '/tim-js.mjs';

const app = createProject({ 'tim-js-sdk': 'packages/sdk' });
afterAll(() => app[Symbol.dispose]());

/** The example for an application, as it is printed, but for the port of the server. */
async function example(port: number): Promise<string> {
  const [, code = ''] = /```js\n(.*?)```/s.exec(await readFile(README, 'utf8')) ?? [];
  expect(code).toContain('127.0.0.1:8080');
  return code.replaceAll('127.0.0.1:8080', `127.0.0.1:${port}`);
}

/** Serves a page with this script as a developer's own server would: at another port, by another name of this machine. */
async function servePage(script: string): Promise<string> {
  const sdk = await readFile(`${app.folder}/node_modules/tim-js-sdk/dist/tim-js.mjs`);
  const imports = JSON.stringify({ imports: { 'tim-js-sdk': SDK } });
  const html = `<!doctype html><script type="importmap">${imports}</script><script type="module">${script}</script>`;
  const server = createServer(({ url }, response) =>
    url === SDK
      ? response.setHeader('content-type', 'text/javascript').end(sdk)
      : response.setHeader('content-type', 'text/html').end(html),
  );
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
}

test('the example of the README signs in and sends, from a page at another port', async () => {
  await using server = await startServer({ development: true });
  await using bob = await connectClient(server.wsURL);
  await bob.login(server.credentials('bob'));
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(await servePage(await example(server.port)));
  const { events } = await bob.push('conversation', ({ conversationID }) => conversationID === 'C2Calice');
  expect(events).toMatchObject([
    [1, { t: 'message', from: 'alice', elements: [{ type: 'TIMTextElem', payload: { text: 'Hello' } }] }],
  ]);
});
