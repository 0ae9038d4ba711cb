import { createServer } from 'node:net';
import { startServer, type TestServer } from '@sterna/server/testing';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type CuttableProxy, startCuttableProxy } from '../objects/cuttable-proxy.ts';

export const SDKAppID = 1_400_000_889;

export interface Outcome {
  code: number;
  message: string;
  status: string;
  progress: number[];
}

/** A message as the page gives it to the test. */
export interface Received {
  type: string;
  from: string;
  payload: Record<string, unknown> & { imageInfoArray?: Record<string, unknown>[] };
}

/** Two people with a page each, and a wire to the files that can be cut. */
export interface People extends AsyncDisposable {
  alice: Page;
  bob: Page;
  proxy: CuttableProxy;
  server: TestServer;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export async function meet(browser: Browser, pages: string): Promise<People> {
  await using parts = new AsyncDisposableStack();
  const port = await freePort();
  const proxy = await startCuttableProxy(port);
  parts.defer(() => proxy.close());
  const publicURL = `http://127.0.0.1:${proxy.port}`;
  const server = parts.use(
    await startServer({ pages, app: { SDKAppID }, config: { objects: { port, publicURL } } }),
  );
  const open = async (userID: string): Promise<Page> => {
    const context = await browser.newContext();
    parts.defer(() => context.close());
    const page = await context.newPage();
    await page.goto(`${server.url}/pages/index.html`);
    await page.waitForFunction(() => 'tim' in window);
    await page.evaluate((login) => Reflect.get(window, 'tim').login(login), {
      userID,
      userSig: server.userSig(userID),
    });
    await page.waitForFunction(() => Reflect.get(window, 'tim').isReady());
    return page;
  };
  const [alice, bob] = [await open('alice'), await open('bob')];
  const owned = parts.move();
  return { alice, bob, proxy, server, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** Picks a file as a person does, and sends it; the message stays in the page as `message`. */
export async function send(page: Page, creator: string, path: string): Promise<Outcome> {
  await page.setInputFiles('input', path);
  await page.evaluate((name) => {
    const input = document.querySelector('input');
    const progress: number[] = [];
    const message = Reflect.get(window, 'tim')[name]({
      to: 'bob',
      conversationType: 'C2C',
      payload: { file: input },
      onProgress: (fraction: number) => progress.push(fraction),
    });
    // As applications do: the choice is over when the message is made.
    if (input !== null) input.value = '';
    Object.assign(window, { message, progress });
  }, creator);
  return await settle(page, 'sendMessage');
}

/** Sends, or sends again, the page's message. */
export async function settle(page: Page, method: 'sendMessage' | 'resendMessage'): Promise<Outcome> {
  return await page.evaluate(async (name): Promise<Outcome> => {
    const message = Reflect.get(window, 'message');
    const sending = Reflect.get(window, 'tim')[name](message, {
      signal: Reflect.get(window, 'cancel')?.signal,
    }) as Promise<{ code: number }>;
    const { code, message: text } = (await sending.catch((error: Outcome) => error)) as Outcome;
    return { code, message: text, status: message.status, progress: Reflect.get(window, 'progress') };
  }, method);
}

/** The message that came at that place, once it is there. */
export async function received(page: Page, index = 0): Promise<Received> {
  await page.waitForFunction((at) => Reflect.get(window, 'received').length > at, index);
  return await page.evaluate(
    (at) => JSON.parse(JSON.stringify(Reflect.get(window, 'received')[at])) as Received,
    index,
  );
}

/** What a page downloads from there. */
export async function download(page: Page, url: unknown): Promise<{ size: number; sha256: string }> {
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
  return await page.evaluate(async (address) => {
    const bytes = await (await fetch(address)).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return { size: bytes.byteLength, sha256 };
  }, String(url));
}

/** The size that a page shows an image at. */
export async function shownSize(page: Page, url: unknown): Promise<{ width: number; height: number }> {
  return await page.evaluate(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    return { width: image.naturalWidth, height: image.naturalHeight };
  }, String(url));
}
