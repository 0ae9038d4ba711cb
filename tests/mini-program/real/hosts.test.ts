import { startServer } from '@sterna/server/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProject } from '../../e2e/packaging/package.ts';
import type { Program } from '../host/runtime.ts';
import { buildStartUp, layOut } from './build-program.ts';
import { openPhone } from './phone.ts';

const SDKAppID = 1_400_000_888;
const app = createProject({ 'tim-wx-sdk': 'packages/sdk-wx' });
afterAll(() => app[Symbol.dispose]());
let program: Program;

beforeAll(async () => {
  program = await buildStartUp(
    app,
    `import TIM from 'tim-wx-sdk'; const COS = null; const tim = TIM.create({ SDKAppID: ${SDKAppID} });`,
  );
}, 120_000);

test.each(['uni', 'qq', 'tt', 'swan', 'my', 'wx'] as const)(
  'runs where the host is called %s',
  async (hostName) => {
    await using server = await startServer({ app: { SDKAppID, loginPolicy: 'dual' } });
    using alice = openPhone(program, server, { hostName });
    using bob = openPhone(program, server, { hostName, seed: 2 });
    for (const [phone, userID] of [
      [alice, 'alice'],
      [bob, 'bob'],
    ] as const) {
      await phone.login(userID);
      await phone.event('sdkStateReady');
    }
    await alice.text('bob', 'hello');
    await expect.poll(bob.received).toEqual(['hello']);
    expect(bob.host.sockets.connects).toBe(1);
  },
);

test.each(['my', 'wx'] as const)(
  'is kicked by another phone of the account, and back after its socket was cut: %s',
  async (hostName) => {
    await using server = await startServer({ app: { SDKAppID, loginPolicy: 'multi' } });
    using alice = openPhone(program, server, { hostName, habits: { killAfterMs: 50, killTells: true } });
    await alice.login('alice');
    await alice.event('sdkStateReady');
    alice.host.hide();
    await expect.poll(() => alice.host.sockets.held).toBe(0);
    alice.host.show();
    await expect.poll(() => alice.tim.getMyProfile()).toMatchObject({ code: 0 });
    using second = openPhone(program, server, { hostName, seed: 2 });
    await second.login('alice');
    expect(await alice.event('kickedOut')).toEqual({ type: 'multipleAccount' });
    await alice.event('sdkStateNotReady');
    await expect.poll(() => alice.host.sockets.held).toBe(0);
    expect(second.count('kickedOut')).toBe(0);
  },
);

test.each(['tim-wx-sdk', 'tim-wx-sdk/tim-wx-friendship', 'tim-wx-sdk/tim-wx-friendship.js'])(
  '%s runs as the mini-program tool lays it out, in `miniprogram_npm`, without a bundler',
  async (path) => {
    await using server = await startServer({ app: { SDKAppID, loginPolicy: 'dual' } });
    const startUp = `const TIM = require('${path}'); const COS = null; const tim = TIM.create({ SDKAppID: ${SDKAppID} });`;
    const laidOut = layOut(app, startUp, 'tim-wx-sdk');
    using alice = openPhone(laidOut, server);
    using bob = openPhone(laidOut, server, { seed: 2 });
    await Promise.all([alice.login('alice'), bob.login('bob')]);
    await Promise.all([alice, bob].map((phone) => phone.event('sdkStateReady')));
    expect(await alice.text('bob', 'hello')).toMatchObject({
      code: 0,
      data: { message: { status: 'success' } },
    });
    await expect.poll(bob.received).toEqual(['hello']);
  },
);

test('storage that is denied and a device that lies about its network change nothing', async () => {
  await using server = await startServer({ app: { SDKAppID, loginPolicy: 'dual' } });
  using alice = openPhone(program, server);
  alice.host.storage.deny();
  alice.host.tellNetwork(false);
  await alice.login('alice');
  await alice.event('sdkStateReady');
  alice.host.tellNetwork(false);
  expect(await alice.tim.getMyProfile()).toMatchObject({ code: 0 });
  expect(alice.host.sockets.connects).toBe(1);
});

test('is imported and created where there is no host at all; a login says so', async () => {
  app.write(
    'server-side.cjs',
    `const TIM = require('tim-wx-sdk');
     const tim = TIM.create({ SDKAppID: 1400000001, proxyServer: 'wss://chat.example.org' });
     tim.setLogLevel(4);
     tim.on(TIM.EVENT.SDK_READY, () => undefined);
     setTimeout(() => tim.logout(), 50);
     tim.login({ userID: 'alice', userSig: 'x' }).catch(({ code }) => console.log(JSON.stringify({ code })));`,
  );
  expect(JSON.parse(app.run('server-side.cjs'))).toEqual({ code: 2024 });
});
