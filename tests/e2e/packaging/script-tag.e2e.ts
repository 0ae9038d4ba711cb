import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../environment/chromium.ts';
import { createProject } from './package.ts';
import { type FolderServer, serveFolder } from './serve-folder.ts';

const app = createProject({ 'tim-js-sdk': 'packages/sdk' });
let pages: FolderServer;
let browser: Browser;

beforeAll(async () => {
  pages = await serveFolder(app.folder);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await pages[Symbol.asyncDispose]();
  app[Symbol.dispose]();
});

/** Opens a page of the application; returns what its last script left in `window.result`, and what went wrong. */
async function open(head: string, script: string): Promise<{ result: unknown; errors: string[] }> {
  app.write(
    'page.html',
    `<!doctype html><meta charset="utf-8"><title>App</title>${head}<script type="module">${script}</script>`,
  );
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto(`${pages.origin}/page.html`);
  const result = await page.evaluate(() => (globalThis as unknown as { result: unknown }).result);
  await page.close();
  return { result, errors };
}

const FROM_PACKAGE = '/node_modules/tim-js-sdk';

test.each(['tim-js.js', 'tim-js-friendship.js', 'dist/tim-js.js'])(
  '%s is one script tag and a global',
  async (file) => {
    const { result, errors } = await open(
      `<script src="${FROM_PACKAGE}/${file}"></script>`,
      `const tim = TIM.create({ SDKAppID: 1400000001 });
     window.result = [TIM.VERSION, typeof tim.login, tim.isReady(), TIM.create({ SDKAppID: 1400000001 }) === tim];`,
    );
    expect(errors).toEqual([]);
    expect(result).toEqual(['3.6.6', 'function', false, true]);
  },
);

test('a script tag and a module find the same instance', async () => {
  const { result, errors } = await open(
    `<script src="${FROM_PACKAGE}/tim-js.js"></script>`,
    `import ESM from '${FROM_PACKAGE}/dist/tim-js.mjs';
     window.result = ESM !== TIM && ESM.create({ SDKAppID: 1400000001 }) === TIM.create({ SDKAppID: 1400000001 });`,
  );
  expect(errors).toEqual([]);
  expect(result).toBe(true);
});

test('it runs where the policy forbids code from strings and inline styles', async () => {
  app.write('strict.js', `window.result = TIM.create({ SDKAppID: 1400000001 }).getLoginUser();`);
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  app.write(
    'strict.html',
    `<!doctype html><title>App</title><link rel="icon" href="data:,">
     <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; img-src data:">
     <script src="${FROM_PACKAGE}/tim-js.js"></script><script src="/strict.js"></script>`,
  );
  await page.goto(`${pages.origin}/strict.html`);
  expect(await page.evaluate(() => (globalThis as unknown as { result: unknown }).result)).toBe('');
  expect(errors).toEqual([]);
  await page.close();
});
