import { startServer, type TestServer } from '@sterna/server/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectClient } from '../../protocol-client/client.ts';
import { launchBrowser } from '../../environment/chromium.ts';
import { createProject } from '../packaging/package.ts';
import { buildPage } from './build-page.ts';
import { ownStartUp, publishedStartUp } from './published-page.ts';

/** What the page's script leaves in its window. */
interface PageWindow {
  tim: {
    login(options: {
      userID: string;
      userSig: string;
    }): Promise<{ code: number; data: Record<string, unknown> }>;
    logout(): Promise<unknown>;
    [method: string]: (...args: never[]) => unknown;
  };
  TIM: { create(options: { SDKAppID: number }): unknown; VERSION: string };
  seen: { name: string; data: unknown }[];
}

const SDKAppID = 1_400_000_888;
const app = createProject({ 'tim-js-sdk': 'packages/sdk' });
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  app[Symbol.dispose]();
});

const codes = [
  ['published', publishedStartUp(SDKAppID)],
  ['own', ownStartUp(SDKAppID)],
] as const;

describe.each(codes.filter(([, code]) => code !== undefined))('the %s start-up code', (_, code = '') => {
  let pages = '';

  beforeAll(async () => {
    pages = await buildPage(app, code);
  });

  const serve = (loginPolicy: 'single' | 'dual'): Promise<TestServer> =>
    startServer({ pages, app: { SDKAppID, loginPolicy } });

  test('runs as it stands; two users meet, and every event comes in its documented shape', async () => {
    await using server = await serve('dual');
    await using alice = await openPage(server);
    await using bob = await openPage(server);

    expect(
      await alice.run((window, id) => window.TIM.create({ SDKAppID: id }) === window.tim, SDKAppID),
    ).toBe(true);

    const result = await alice.login(server, 'alice');
    expect(result).toMatchObject({ code: 0, data: { actionStatus: 'OK', errorCode: 0, errorInfo: '' } });
    await bob.login(server, 'bob');
    await alice.event('sdkStateReady');
    expect(await alice.event('onConversationListUpdated')).toEqual([]);
    expect(await alice.event('onGroupListUpdated')).toEqual([]);
    await bob.event('sdkStateReady');

    await alice.sendText('bob', 'C2C', 'hello bob');
    const [received] = (await bob.event('onMessageReceived')) as Record<string, unknown>[];
    expect(received).toMatchObject({
      type: 'TIMTextElem',
      payload: { text: 'hello bob' },
      conversationID: 'C2Calice',
      conversationType: 'C2C',
      from: 'alice',
      to: 'bob',
      flow: 'in',
      status: 'success',
      isRevoked: false,
      readReceiptInfo: expect.any(Object),
    });
    await bob.eventually('onConversationListUpdated', {
      conversationID: 'C2Calice',
      type: 'C2C',
      unreadCount: 1,
      lastMessage: expect.objectContaining({ messageForShow: 'hello bob' }),
    });
    expect(await alice.count('onMessageReceived')).toBe(0);

    await alice.run((window) =>
      window.tim['createGroup']?.({
        type: 'Public',
        name: 'terns',
        groupID: 'terns',
        memberList: [{ userID: 'bob' }],
      } as never),
    );
    const notice = (await bob.event('receiveGroupSystemNotice')) as {
      type: number;
      message: Record<string, unknown>;
    };
    expect(notice).toMatchObject({
      type: 7,
      message: { type: 'TIMGroupSystemNoticeElem', conversationID: '@TIM#SYSTEM' },
    });
    await bob.eventually('onGroupListUpdated', {
      groupID: 'terns',
      name: 'terns',
      type: 'Public',
      memberNum: 2,
    });
    await alice.sendText('terns', 'GROUP', 'hello terns');
    await bob.eventually('onMessageReceived', {
      conversationID: 'GROUPterns',
      payload: { text: 'hello terns' },
    });

    await alice.run((window) => window.tim['updateMyProfile']?.({ nick: 'Alice' } as never));
    expect(await alice.event('onProfileUpdated')).toMatchObject([{ userID: 'alice', nick: 'Alice' }]);

    await alice.run((window) => window.tim.logout());
    await alice.event('sdkStateNotReady');
    expect([...alice.errors, ...bob.errors]).toEqual([]);
  });

  test('another page of the same account kicks the first: multipleAccount', async () => {
    await using server = await serve('dual');
    await using first = await openPage(server);
    await using second = await openPage(server);
    await first.login(server, 'alice');
    await first.event('sdkStateReady');
    await second.login(server, 'alice');
    expect(await first.event('kickedOut')).toEqual({ type: 'multipleAccount' });
    await first.event('sdkStateNotReady');
    await second.event('sdkStateReady');
    expect(await second.count('kickedOut')).toBe(0);
  });

  test('a phone kicks the page where the policy allows one device: multipleDevice', async () => {
    await using server = await serve('single');
    await using page = await openPage(server);
    await page.login(server, 'alice');
    await page.event('sdkStateReady');
    await using phone = await connectClient(server.wsURL);
    await phone.login({ ...server.credentials('alice'), platform: 'android', instanceID: 'phone' });
    expect(await page.event('kickedOut')).toEqual({ type: 'multipleDevice' });
    await page.event('sdkStateNotReady');
  });

  test('a UserSig that runs out ends the session: userSigExpired', async () => {
    await using server = await serve('dual');
    await using page = await openPage(server);
    await page.login(server, 'alice', 3);
    await page.event('sdkStateReady');
    expect(await page.event('kickedOut')).toEqual({ type: 'userSigExpired' });
    await page.event('sdkStateNotReady');
  });
});

/** A page of its own browser context, so that two pages are two devices. */
async function openPage(server: TestServer) {
  const context: BrowserContext = await browser.newContext();
  const page: Page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto(`${server.url}/pages/index.html`);
  await page.waitForFunction(() => 'tim' in window);

  const run = <Argument, Result>(
    script: (window: PageWindow, argument: Argument) => Result,
    argument?: Argument,
  ): Promise<Awaited<Result>> =>
    page.evaluate(`(${script.toString()})(window, ${JSON.stringify(argument)})`) as Promise<Awaited<Result>>;

  const all = async (name: string): Promise<unknown[]> =>
    (await run((window) => window.seen)).filter((event) => event.name === name).map(({ data }) => data);

  const event = async (name: string): Promise<unknown> => {
    await expect.poll(() => all(name), { timeout: 15_000, message: `${name} did not come` }).not.toEqual([]);
    return (await all(name))[0];
  };

  return {
    page,
    errors,
    run,
    event,
    count: async (name: string) => (await all(name)).length,
    /** Waits until one of the things that came with events of that name matches: what comes together may come in one event. */
    eventually: (name: string, item: object) =>
      expect
        .poll(async () => (await all(name)).flat(), { timeout: 15_000 })
        .toContainEqual(expect.objectContaining(item)),
    login: (at: TestServer, userID: string, expireS?: number) =>
      run((window, options) => window.tim.login(options), { userID, userSig: at.userSig(userID, expireS) }),
    sendText: (to: string, conversationType: string, text: string) =>
      run(
        (window, options) => {
          const message = window.tim['createTextMessage']?.(options as never);
          const sending = window.tim['sendMessage']?.(message as never) as Promise<{ code: number }>;
          return sending.then(({ code }) => code);
        },
        { to, conversationType, payload: { text } },
      ),
    [Symbol.asyncDispose]: () => context.close(),
  };
}
