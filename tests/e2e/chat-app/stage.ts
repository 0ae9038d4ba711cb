import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer, type StartOptions, type TestServer } from '@sterna/server/testing';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** What `npm start` serves; `fresh-builds.ts` sees to it that it is of today's sources. */
const APP = join(ROOT, 'apps/chat/dist');
const SHOTS = join(ROOT, 'artifacts/chat-app');

/** A development server with the app on it, as a newcomer meets it. */
export function startChat(options: StartOptions = {}): Promise<TestServer> {
  return startServer({ development: true, pages: APP, ...options });
}

export type Device = Pick<
  BrowserContextOptions,
  'colorScheme' | 'hasTouch' | 'isMobile' | 'locale' | 'viewport' | 'reducedMotion'
>;

/** Nothing slides or fades: a click need not wait for what it is aimed at to come to rest. */
export const DESKTOP: Device = {
  viewport: { width: 1280, height: 800 },
  locale: 'en-GB',
  colorScheme: 'light',
  reducedMotion: 'reduce',
};
/** As most people have it. */
export const MOVING: Device = { ...DESKTOP, reducedMotion: 'no-preference' };
export const PHONE: Device = {
  viewport: { width: 390, height: 844 },
  locale: 'en-GB',
  hasTouch: true,
  isMobile: true,
};

/** One person at one browser: their own storage, and everything that went wrong on their page. */
export interface Seat extends AsyncDisposable {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of the page and of its console, the policy's refusals among them. */
  readonly errors: readonly string[];
  /** The conversation of that name in the list. */
  row(name: string): Locator;
  open(name: string): Promise<void>;
  composer: Locator;
  send(text: string): Promise<void>;
  message(text: string): Locator;
  /** Opens a message's menu, and takes what is named there. */
  choose(text: string, action: string): Promise<void>;
  shot(name: string): Promise<void>;
}

export async function takeSeat(
  browser: Browser,
  server: TestServer,
  { user, device = DESKTOP, hash = '' }: { user?: string; device?: Device; hash?: string } = {},
): Promise<Seat> {
  const context = await browser.newContext({ ...device, permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error') errors.push(line.text());
  });
  await page.goto(`${server.url}/pages/${user === undefined ? '' : `?user=${user}`}${hash}`);
  const composer = page.locator('textarea');
  const row = (name: string): Locator => {
    const title = page.locator('[class*=_title_]').getByText(name, { exact: true });
    return page.getByRole('navigation').getByRole('link').filter({ has: title });
  };
  return {
    context,
    page,
    errors,
    composer,
    row,
    open: async (name) => {
      await row(name).click();
      await composer.waitFor();
    },
    send: async (text) => {
      await composer.fill(text);
      await composer.press('Enter');
    },
    message: (text) => page.locator('[data-message]').filter({ hasText: text }),
    choose: async (text, action) => {
      const message = page.locator('[data-message]').filter({ hasText: text }).last();
      await message.hover();
      await message.getByRole('button', { name: 'Message actions' }).click();
      await page.getByRole('menuitem', { name: action, exact: true }).click();
    },
    shot: async (name) => {
      await mkdir(SHOTS, { recursive: true });
      await page.screenshot({ path: join(SHOTS, `${name}.png`), animations: 'disabled' });
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}

interface AxeResult {
  violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[];
}

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with the page as it is now: one line each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(await axeSource);
  const result = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResult> } };
    return await axe.run();
  });
  return result.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}\n  ${html}\n  ${failureSummary ?? ''}`),
  );
}
