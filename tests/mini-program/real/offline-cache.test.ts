import { startServer } from '@sterna/server/testing';
import type { Conversation } from '@sterna/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProject } from '../../e2e/packaging/package.ts';
import type { Program } from '../host/runtime.ts';
import type { Disk } from '../host/storage.ts';
import { buildStartUp } from './build-program.ts';
import { openPhone, type Phone } from './phone.ts';

const SDKAppID = 1_400_000_891;
const app = createProject({ 'tim-wx-sdk': 'packages/sdk-wx' });
afterAll(() => app[Symbol.dispose]());
let program: Program;

beforeAll(async () => {
  program = await buildStartUp(
    app,
    `import TIM from 'tim-wx-sdk/tim-wx-offline'; const COS = null; const tim = TIM.create({ SDKAppID: ${SDKAppID}, offlineCache: true });`,
  );
}, 120_000);

const textsOf = async ({ tim }: Phone): Promise<unknown[]> => {
  const { data } = await tim.getMessageList({ conversationID: 'C2Cbob' });
  return data.messageList.map(({ payload }) => ('text' in payload ? payload.text : ''));
};

test.each(['wx', 'my'] as const)(
  'a program that starts without a network shows what it last had: %s',
  async (hostName) => {
    await using server = await startServer({ app: { SDKAppID, loginPolicy: 'dual' } });
    const disk: Disk = new Map();
    using bob = openPhone(program, server, { seed: 2, hostName });
    await bob.login('bob');
    {
      using alice = openPhone(program, server, { hostName, disk });
      await alice.login('alice');
      await alice.event('sdkStateReady');
      await bob.text('alice', 'hello');
      await expect.poll(alice.received).toEqual(['hello']);
      await expect.poll(() => [...disk.values()].join('')).toContain('hello');
    }
    using alice = openPhone(program, server, { seed: 3, hostName, disk });
    alice.network.set('hole');
    alice.login('alice').catch(() => undefined);
    const list = (await alice.event('onConversationListUpdated')) as Conversation[];
    expect(list).toMatchObject([{ conversationID: 'C2Cbob', unreadCount: 1 }]);
    expect(await textsOf(alice)).toEqual(['hello']);
    expect(alice.count('sdkStateReady')).toBe(0);
    await bob.text('alice', 'are you there?');
    alice.network.set('up');
    alice.host.tellNetwork(true);
    await alice.event('sdkStateReady');
    await expect.poll(alice.received).toEqual(['are you there?']);
    expect(await textsOf(alice)).toEqual(['hello', 'are you there?']);
    await alice.tim.logout();
    await expect.poll(() => disk.size).toBe(0);
  },
);

test('a phone that denies storage chats as ever', async () => {
  await using server = await startServer({ app: { SDKAppID, loginPolicy: 'dual' } });
  using alice = openPhone(program, server);
  alice.host.storage.deny();
  await alice.login('alice');
  await alice.event('sdkStateReady');
  expect(await alice.tim.getMyProfile()).toMatchObject({ code: 0 });
});
