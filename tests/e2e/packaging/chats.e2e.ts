import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer, type TestServer } from '@sterna/server/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../environment/chromium.ts';
import { connectClient, type ProtocolClient } from '../../protocol-client/client.ts';
import { bundleWith, type Bundler } from './bundle-with.ts';
import { createProject } from './package.ts';
import { type FolderServer, serveFolder } from './serve-folder.ts';

const app = createProject({ 'tim-js-sdk': 'packages/sdk' });
let browser: Browser;
let server: TestServer;
let pages: FolderServer;
let friend: ProtocolClient;

/** Signs in, sends a text to the friend and signs out again; says what became of the message. */
const CHAT = `
async function chat({ SDKAppID, userID, userSig, proxyServer }) {
  const tim = TIM.create({ SDKAppID, proxyServer });
  tim.setLogLevel(4);
  await tim.login({ userID, userSig });
  await new Promise((resolve) => tim.isReady() ? resolve() : tim.on(TIM.EVENT.SDK_READY, resolve));
  const payload = { text: 'hello from ' + userID };
  const message = tim.createTextMessage({ to: 'friend', conversationType: TIM.TYPES.CONV_C2C, payload });
  await tim.sendMessage(message);
  await tim.logout();
  return message.status;
}`;
const WHOLE = "import TIM from 'tim-js-sdk';";
const COMPACT = "import TIM from 'tim-js-sdk/compact';";
const MODULAR = `import { composeSDK, conversations, messageCreators, messages, profiles } from 'tim-js-sdk/modular';
const TIM = composeSDK([profiles, messageCreators, messages, conversations]);`;
/** As the frameworks do that render a page on the server first: one component, run there and then in the page. */
const COMPONENT = `${WHOLE}${CHAT}
export const tim = TIM.create({ SDKAppID: 1400000001 });
export const render = () => '<p id="ready">' + tim.isReady() + '</p>';
export { chat };`;

beforeAll(async () => {
  server = await startServer({ development: true });
  pages = await serveFolder(app.folder);
  browser = await launchBrowser();
  friend = await connectClient(server.wsURL);
  await friend.login(server.credentials('friend'));
});
afterAll(async () => {
  await friend[Symbol.asyncDispose]();
  await browser.close();
  await pages[Symbol.asyncDispose]();
  await server.stop();
  app[Symbol.dispose]();
});

const loginOf = (userID: string) => ({
  SDKAppID: server.SDKAppID,
  userID,
  userSig: server.userSig(userID),
  proxyServer: server.wsURL,
});

/** What the friend is told that somebody said. */
async function heardFrom(userID: string): Promise<unknown> {
  const { events } = await friend.push(
    'conversation',
    ({ conversationID }) => conversationID === `C2C${userID}`,
  );
  return events.map(([, event]) => (event.t === 'message' ? event.elements[0]?.payload : event.t));
}

/** Opens a page and lets its `chat` run; the friend hears it. */
async function chatInPage(html: string, userID: string): Promise<void> {
  app.write(`${userID}.html`, `<!doctype html><title>App</title><link rel="icon" href="data:,">${html}`);
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto(`${pages.origin}/${userID}.html`);
  const status = await page.evaluate(
    (login) => (globalThis as unknown as { chat(login: object): Promise<string> }).chat(login),
    loginOf(userID),
  );
  expect([status, errors]).toEqual(['success', []]);
  expect(await heardFrom(userID)).toEqual([{ text: `hello from ${userID}` }]);
  await page.close();
}

/** Webpack 5 has its turn below, where a page is rendered on the server first. */
const bundles: readonly [Bundler, string, string][] = [
  ['webpack 4', 'whole', WHOLE],
  ['webpack 4', 'compact', COMPACT],
  ['webpack 4', 'modular', MODULAR],
  ['Vite', 'whole', WHOLE],
  ['Vite', 'modular', MODULAR],
];

test.each(bundles)('%s bundles the SDK, %s, and the page chats', async (bundler, build, imports) => {
  const name = `${bundler.replace(' ', '')}-${build}`;
  const entry = app.write(`source/${name}.js`, `${imports}${CHAT}\nwindow.chat = chat;`);
  await bundleWith(bundler, { folder: app.folder, entry, output: join(app.folder, `${name}.js`) });
  const isModule = bundler === 'Vite' ? ' type="module"' : '';
  await chatInPage(`<script${isModule} src="${name}.js"></script>`, name);
});

test('a script tag chats', async () => {
  const sdk = '/node_modules/tim-js-sdk/tim-js.js';
  await chatInPage(`<script src="${sdk}"></script><script>${CHAT}</script>`, 'script-tag');
});

test.each([
  ['required', 'chat.cjs', "const TIM = require('tim-js-sdk');"],
  ['imported', 'chat.mjs', WHOLE],
])('%s in Node it chats', async (how, file, imports) => {
  app.write(file, `${imports}${CHAT}\nchat(JSON.parse(process.argv[2])).then(console.log);`);
  const heard = heardFrom(how);
  expect((await app.start(file, JSON.stringify(loginOf(how)))).trim()).toBe('success');
  expect(await heard).toEqual([{ text: `hello from ${how}` }]);
});

test('a component is rendered on the server, where no page is, and the same one chats in the page', async () => {
  const component = app.write('source/component.js', COMPONENT);
  const rendered = join(app.folder, 'rendered.cjs');

  await bundleWith('webpack 5', { folder: app.folder, entry: component, output: rendered, onServer: true });
  app.write('render.cjs', "console.log(require('./rendered.cjs').render());");
  // The process ends by itself: nothing that was created holds it.
  const html = app.run('render.cjs');
  expect(html).toContain('<p id="ready">false</p>');
  expect(readFileSync(rendered, 'utf8')).not.toContain('require("tim-js-sdk")');
  const entry = app.write(
    'source/hydrate.js',
    `import { chat, render } from './component.js';
     window.chat = (login) => document.body.innerHTML.includes(render()) ? chat(login) : 'the page differs';`,
  );
  await bundleWith('webpack 5', { folder: app.folder, entry, output: join(app.folder, 'hydrate.js') });
  const address = `<script>STERNA_SERVER = '${server.wsURL}';</script>`;

  await chatInPage(`<body>${html}${address}<script src="hydrate.js"></script></body>`, 'hydrated');
});
