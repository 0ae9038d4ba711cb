import { startServer, type TestServer } from '@sterna/server/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownStartUp, publishedStartUp } from '../../e2e/start-up-page/published-page.ts';
import { createProject } from '../../e2e/packaging/package.ts';
import { LIMITS } from '../host/limits.ts';
import type { Program } from '../host/runtime.ts';
import { buildStartUp } from './build-program.ts';
import { openPhone, type Phone } from './phone.ts';

const SDKAppID = 1_400_000_888;
const app = createProject({ 'tim-wx-sdk': 'packages/sdk-wx' });
afterAll(() => app[Symbol.dispose]());

const codes = [
  ['published', publishedStartUp(SDKAppID, 'miniProgram')],
  ['own', ownStartUp(SDKAppID, 'miniProgram')],
] as const;

describe.each(codes.filter(([, code]) => code !== undefined))('the %s start-up code', (_, code = '') => {
  let program: Program;

  beforeAll(async () => {
    expect(code).toContain("'cos-wx-sdk'");
    program = await buildStartUp(app, code);
  }, 120_000);

  const serve = (): Promise<TestServer> => startServer({ app: { SDKAppID, loginPolicy: 'dual' } });

  const enter = async (phone: Phone, userID: string): Promise<void> => {
    await phone.login(userID);
    await phone.event('sdkStateReady');
  };

  test('runs as it stands: login, ready, send, receive, log out', async () => {
    await using server = await serve();
    using alice = openPhone(program, server);
    using bob = openPhone(program, server, { seed: 2, habits: { sockets: LIMITS.socketsOnOldHosts } });
    expect(alice.TIM.create({ SDKAppID })).toBe(alice.tim);
    expect(alice.COS).toBeTypeOf('function');

    expect(await alice.login('alice')).toMatchObject({ code: 0, data: { actionStatus: 'OK' } });
    await alice.event('sdkStateReady');
    await enter(bob, 'bob');
    expect(await alice.text('bob', 'hello bob')).toMatchObject({
      code: 0,
      data: { message: { status: 'success' } },
    });
    expect(await bob.event('onMessageReceived')).toMatchObject([
      { type: 'TIMTextElem', payload: { text: 'hello bob' }, conversationID: 'C2Calice', flow: 'in' },
    ]);
    await alice.tim.logout();
    await alice.event('sdkStateNotReady');
    await expect.poll(() => alice.host.sockets.held).toBe(0);
    expect(alice.host.listeners()).toBe(0);
    expect([alice.count('error'), bob.count('error')]).toEqual([0, 0]);
  });

  test('another phone of the same account kicks the first', async () => {
    await using server = await serve();
    using first = openPhone(program, server);
    using second = openPhone(program, server, { seed: 2 });
    await enter(first, 'alice');
    await enter(second, 'alice');
    expect(await first.event('kickedOut')).toEqual({ type: 'multipleAccount' });
    await first.event('sdkStateNotReady');
    expect(second.count('kickedOut')).toBe(0);
    await expect.poll(() => first.host.sockets.held).toBe(0);
  });

  test.each([
    ['with a close event', { killTells: true, freezeAfterMs: Infinity }],
    ['without a word, standing still', { killTells: false, freezeAfterMs: 0 }],
  ])('its socket is cut while it is hidden, %s: back in front all is there, once', async (_name, habits) => {
    await using server = await serve();
    using alice = openPhone(program, server);
    using bob = openPhone(program, server, { seed: 2, habits: { killAfterMs: 50, ...habits } });
    await enter(alice, 'alice');
    await enter(bob, 'bob');
    await alice.text('bob', 'before');
    await expect.poll(bob.received).toEqual(['before']);

    bob.host.hide();
    await expect.poll(() => bob.host.sockets.open).toBe(0);
    await alice.text('bob', 'while away');
    const shownMs = performance.now();
    bob.host.show();
    await expect.poll(bob.received, { timeout: 15_000, interval: 20 }).toEqual(['before', 'while away']);
    expect(performance.now() - shownMs).toBeLessThan(10_000);
    await bob.text('alice', 'back');
    await alice.text('bob', 'after');
    await expect.poll(bob.received).toEqual(['before', 'while away', 'after']);
    await expect.poll(alice.received).toEqual(['back']);
    expect(bob.host.sockets.mostOpen).toBe(1);
  });

  test('the network goes and comes: what was sent meanwhile arrives, once', async () => {
    await using server = await serve();
    using alice = openPhone(program, server);
    using bob = openPhone(program, server, { seed: 2 });
    await enter(alice, 'alice');
    await enter(bob, 'bob');
    alice.network.set('lost');
    alice.host.tellNetwork(false);
    const sending = alice.text('bob', 'from the lift');
    await bob.text('alice', 'are you there?');
    alice.network.set('up');
    alice.host.tellNetwork(true);
    expect(await sending).toMatchObject({ code: 0 });
    await expect.poll(bob.received, { timeout: 15_000 }).toEqual(['from the lift']);
    await expect.poll(alice.received, { timeout: 15_000 }).toEqual(['are you there?']);
    expect(alice.host.sockets.mostOpen).toBe(1);
    expect(alice.host.sockets.refused).toEqual([]);
  });
});
