import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { startServer, type TestServer } from '@sterna/server/testing';
import { expect } from 'vitest';
import { connectClient } from '../../protocol-client/client.ts';
import { createProject } from '../packaging/package.ts';
import { type BareBrowser, startBareBrowser, type Tab } from './bare-browser.ts';
import { type BlackHole, startBlackHole } from './black-hole.ts';

/** A user's page, and the way by which it reaches the server. */
export interface Person {
  readonly userID: string;
  readonly tab: Tab;
  readonly network: BlackHole;
  /** What signs this person in, for a page that has been loaded again. */
  readonly enter: string;
  reload(): Promise<void>;
  /** What this page was told and did, from inside. */
  look(): Promise<{
    received: string[];
    sent: { text: string; state: string }[];
    heard: { ready: number; notReady: number; netStates: string[]; errors: unknown[] };
    sockets: { open: number; most: number; made: number };
  }>;
  say(text: string): Promise<void>;
  /** Waits until the page has these texts, in this order and no more. */
  has(texts: readonly string[], withinMs?: number): Promise<void>;
  /** Waits until a message of this page counts as sent. */
  sent(text: string, withinMs?: number): Promise<void>;
}

/** One server, one browser, and a friend of everybody who is always there. */
export interface Stage extends AsyncDisposable {
  readonly server: TestServer;
  readonly browser: BareBrowser;
  /** The friend writes to a user. */
  write(to: string, text: string): Promise<void>;
  /** The texts of the conversation between a user and the friend, as they are stored. */
  stored(userID: string): Promise<string[]>;
  person(userID: string, options?: { host?: string; offlineCache?: boolean }): Promise<Person>;
}

export const FRIEND = 'tern';
/** The host of pages to which the browser gives no storage. */
export const DENIED_HOST = 'localhost';

export async function setStage(): Promise<Stage> {
  await using parts = new AsyncDisposableStack();
  const project = parts.use(createProject({ 'tim-js-sdk': 'packages/sdk' }));
  const folder = join(project.folder, 'pages');
  project.write(
    'pages/index.html',
    '<!doctype html><title>page</title><script type="module" src="page.js"></script>',
  );
  project.write('pages/other.html', '<!doctype html><title>other page</title>');
  copyFileSync(fileURLToPath(new URL('page.js', import.meta.url)), join(folder, 'page.js'));
  for (const name of ['tim-js.mjs', 'modular.mjs'])
    copyFileSync(join(project.folder, 'node_modules/tim-js-sdk/dist', name), join(folder, name));
  const server = parts.use(
    await startServer({ pages: folder, app: { loginPolicy: 'multi', instances: { web: 2, other: 1 } } }),
  );
  const browser = parts.use(await startBareBrowser(`http://${DENIED_HOST}:*`));
  const friend = parts.use(await connectClient(server.wsURL));
  await friend.login({ ...server.credentials(FRIEND) });
  let written = 0;
  const owned = parts.move();
  return {
    server,
    browser,
    async write(to, text) {
      const elements = [{ type: 'TIMTextElem', payload: { text } } as const];
      await friend.request('message.send', {
        conversationID: `C2C${to}`,
        clientID: `1-${++written}`,
        elements,
      });
    },
    async stored(userID) {
      const { messages } = await friend.request('message.history', {
        conversationID: `C2C${userID}`,
        limit: 15,
      });
      return messages.map(({ elements: [element] }) =>
        element?.type === 'TIMTextElem' ? element.payload.text : '',
      );
    },
    async person(userID, { host = '127.0.0.1', offlineCache = false } = {}) {
      const network = owned.use(await startBlackHole(server.port));
      const address = new URL(`/pages/index.html?app=${server.SDKAppID}`, network.url);
      address.hostname = host;
      if (offlineCache) address.searchParams.set('offlineCache', 'yes');
      const tab = await browser.open(address.href);
      const enter = `hands.enter(${JSON.stringify(userID)}, ${JSON.stringify(server.userSig(userID))})`;
      await tab.evaluate(enter);
      const reload = async (): Promise<void> => {
        await tab.goTo('about:blank');
        await tab.goTo(address.href);
      };
      return { ...createPerson(userID, tab, network), enter, reload };
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function createPerson(userID: string, tab: Tab, network: BlackHole): Omit<Person, 'enter' | 'reload'> {
  const look = async (): Promise<Awaited<ReturnType<Person['look']>>> => {
    const seen = await tab.evaluate(
      '({ received: hands.received, sent: hands.sent, heard: hands.heard, sockets: hands.sockets })',
    );
    return seen as Awaited<ReturnType<Person['look']>>;
  };
  return {
    userID,
    tab,
    network,
    look,
    say: async (text) => void (await tab.evaluate(`hands.say('${FRIEND}', ${JSON.stringify(text)})`)),
    has: (texts, withinMs) => until(async () => (await look()).received, texts, withinMs),
    sent: (text, withinMs) =>
      until(async () => (await look()).sent.find((it) => it.text === text)?.state, 'sent', withinMs),
  };
}

/** Waits until it reads what is wanted. */
export async function until(read: () => Promise<unknown>, wanted: unknown, withinMs = 10_000): Promise<void> {
  const untilMs = performance.now() + withinMs;
  for (;;) {
    const found = await read();
    if (isDeepStrictEqual(found, wanted)) return;
    if (performance.now() > untilMs) return expect(found, `after ${withinMs} ms`).toEqual(wanted);
    await wait(50);
  }
}
