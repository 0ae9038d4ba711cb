import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer, type TestServer } from '@sterna/server/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../environment/chromium.ts';
import { connectClient, type ProtocolClient } from '../../protocol-client/client.ts';
import { createProject } from '../packaging/package.ts';

const app = createProject({ 'tim-js-sdk': 'packages/sdk' });
let browser: Browser;
let server: TestServer;
let friend: ProtocolClient;

/** Signs in, greets the friend, and answers with the first text that comes. */
const CHAT = `
  async function chat({ SDKAppID, userID, userSig }) {
    const tim = TIM.create({ SDKAppID });
    const first = new Promise((resolve) =>
      tim.once(TIM.EVENT.MESSAGE_RECEIVED, ({ data: [message] }) => resolve(message.payload.text)));
    await tim.login({ userID, userSig });
    await tim.ready();
    const payload = { text: 'hello from ' + userID };
    await tim.sendMessage(tim.createTextMessage({ to: 'friend', conversationType: TIM.TYPES.CONV_C2C, payload }));
    const text = await first;
    await tim.logout();
    return { text, hasPage: typeof document !== 'undefined' };
  }`;
const SCRIPT = `importScripts('tim-js.js');${CHAT}`;
const MODULE = `import TIM from './tim-js.mjs';${CHAT}`;
const AS_WORKER = `onmessage = ({ data }) => chat(data).then(postMessage, ({ code, message }) => postMessage({ code, message }));`;
const AS_SERVICE = `addEventListener('message', (event) => event.waitUntil(
  chat(event.data).then((it) => event.source.postMessage(it), ({ message }) => event.source.postMessage({ message }))));`;
const FILES = {
  'script-worker.js': SCRIPT + AS_WORKER,
  'module-worker.js': MODULE + AS_WORKER,
  'script-service.js': SCRIPT + AS_SERVICE,
  'module-service.js': MODULE + AS_SERVICE,
};

beforeAll(async () => {
  const pages = join(app.folder, 'pages');
  app.write('pages/index.html', '<!doctype html><title>workers</title>');
  for (const [name, code] of Object.entries(FILES)) app.write(`pages/${name}`, code);
  for (const name of ['tim-js.js', 'tim-js.mjs'])
    copyFileSync(join(app.folder, 'node_modules/tim-js-sdk/dist', name), join(pages, name));
  server = await startServer({ pages });
  browser = await launchBrowser();
  friend = await connectClient(server.wsURL);
  await friend.login(server.credentials('friend'));
});
afterAll(async () => {
  await friend[Symbol.asyncDispose]();
  await browser.close();
  await server.stop();
  app[Symbol.dispose]();
});

test.each([
  ['a web worker', 'script-worker.js', 'classic'],
  ['a web worker of modules', 'module-worker.js', 'module'],
  ['a service worker', 'script-service.js', 'classic'],
  ['a service worker of modules', 'module-service.js', 'module'],
])('chats in %s', async (_, file, type) => {
  const userID = file.replace('.js', '');
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.url}/pages/index.html`);
  const chatting = page.evaluate(
    async ({ script, kind, login }) => {
      const options = { type: kind } as const;
      if (!script.includes('service')) {
        const worker = new Worker(script, options);
        worker.postMessage(login);
        return new Promise<unknown>((resolve) =>
          worker.addEventListener('message', ({ data }) => resolve(data)),
        );
      }
      const told = new Promise<unknown>((resolve) => {
        navigator.serviceWorker.addEventListener('message', ({ data }) => resolve(data));
        navigator.serviceWorker.startMessages();
      });
      await navigator.serviceWorker.register(script, options);
      const { active } = await navigator.serviceWorker.ready;
      active?.postMessage(login);
      return told;
    },
    {
      script: file,
      kind: type as 'classic' | 'module',
      login: { SDKAppID: server.SDKAppID, userID, userSig: server.userSig(userID) },
    },
  );
  // Whatever it comes to, its failure is the test's.
  const greeted = friend.push('conversation', ({ conversationID }) => conversationID === `C2C${userID}`);
  await Promise.race([greeted, chatting]);
  await friend.request('message.send', {
    conversationID: `C2C${userID}`,
    clientID: `1-${userID}`,
    elements: [{ type: 'TIMTextElem', payload: { text: `hello ${userID}` } }],
  });
  expect(await chatting).toEqual({ text: `hello ${userID}`, hasPage: false });
  await context.close();
});
