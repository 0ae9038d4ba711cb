import { createServer } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../environment/chromium.ts';
import { HOSTILE, type Hostile } from './hostile-files.ts';
import { type ObjectHost, startObjectHost } from './object-host.ts';

let browser: Browser;
let host: ObjectHost;
beforeAll(async () => {
  host = await startObjectHost();
  browser = await launchBrowser();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});
afterAll(async () => {
  await browser.close();
  await host[Symbol.asyncDispose]();
});

test.each(HOSTILE.map((hostile) => [hostile.name, hostile] as const))(
  '%j runs nothing',
  async (_, hostile) => {
    await using canary = await startCanary();
    const { key } = host.service.newKey('1', 'mallory', hostile.name);
    const put = host.service.signPutURL({
      app: '1',
      user: 'mallory',
      key,
      maxBytes: 10_000,
      expiresAtMs: Date.now() + 60_000,
    });
    const headers = { 'content-type': hostile.declared };
    const sent = await fetch(put, {
      method: 'PUT',
      headers,
      body: new Uint8Array(hostile.bytes(`${canary.url}hit`)),
    });
    expect(sent.status).toBe(200);
    const url = host.service.signGetURL(key, Date.now() + 60_000);
    expect(await openEverywhere(canary.url, url)).toBe(false);
    expect(canary.hits()).toBe(0);

    const response = await fetch(url);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(response.headers.get('content-disposition')).toMatch(
      /^(?:attachment|inline); filename="[\w.,+@ -]*"; /,
    );
  },
);

// The same way of opening files does notice a script where nobody prevents it.
test.each(['page.html', 'drawing.svg', 'code.js', 'polyglot.gif'])(
  'served as it asks to be, %s does run',
  async (name) => {
    const hostile = HOSTILE.find((each) => each.name === name);
    if (hostile === undefined) throw new Error('There is no such file.');
    await using canary = await startCanary(hostile);
    expect((await openEverywhere(canary.url, `${canary.url}file`)) || canary.hits() > 0).toBe(true);
  },
);

/** Opens a file in every way a page can; tells whether it set the canary of that page. */
async function openEverywhere(pageURL: string, url: string): Promise<boolean> {
  const page = await browser.newPage();
  await page.goto(pageURL);
  await page.evaluate(async (target) => {
    const attributes: Record<string, string> = {
      script: 'src',
      img: 'src',
      iframe: 'src',
      embed: 'src',
      object: 'data',
      link: 'href',
      video: 'src',
      audio: 'src',
    };
    const settled = Object.entries(attributes).map(([name, attribute]) => {
      const element = document.createElement(name);
      if (name === 'link') element.setAttribute('rel', 'stylesheet');
      element.setAttribute(attribute, target);
      return new Promise((resolve) => {
        element.addEventListener('load', resolve);
        element.addEventListener('error', resolve);
        // A refused download fires neither of the two.
        setTimeout(resolve, 700);
        document.body.append(element);
      });
    });
    await Promise.all(settled);
  }, url);
  const here = await page.evaluate(() => Reflect.has(globalThis, 'canary'));
  const direct = await browser.newPage();
  // A download ends the navigation with an error, which is what is hoped for.
  const opened = await direct.goto(url).then(
    () => true,
    () => false,
  );
  const there = opened && (await direct.evaluate(() => Reflect.has(globalThis, 'canary')));
  return here || there;
}

type Canary = { url: string; hits(): number; [Symbol.asyncDispose](): Promise<void> };

/** A page to open files from, and the address that a script would call. */
async function startCanary(served?: Hostile): Promise<Canary> {
  let hits = 0;
  const server = createServer((request, response) => {
    if (request.url === '/hit') hits += 1;
    if (request.url === '/file' && served !== undefined) {
      // What a careless server does: the type that was asked for, or that a script needs.
      response.setHeader(
        'content-type',
        served.name === 'polyglot.gif' ? 'text/javascript' : served.declared,
      );
      response.end(served.bytes('/hit'));
      return;
    }
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>canary</title><body></body>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The canary has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    hits: () => hits,
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
