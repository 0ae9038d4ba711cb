import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import type { TIMStatic } from '@sterna/sdk';
import { startServer } from '@sterna/server/testing';
import { afterAll, expect, test } from 'vitest';
import { createProject } from './package.ts';

const app = createProject({ 'tim-js-sdk': 'packages/sdk' });
const code = readFileSync(join(app.folder, 'node_modules/tim-js-sdk/dist/tim-js.js'), 'utf8');
afterAll(() => app[Symbol.dispose]());

/**
 * What React Native gives to code: a global object under three names, timers, sockets and a clock; no document, no location,
 * and no events of the global object. (Its engine has no dynamic code either.)
 */
function createReactNative(more: object = {}) {
  const context = createContext(
    {
      setTimeout,
      clearTimeout,
      setInterval,
      clearInterval,
      queueMicrotask,
      WebSocket,
      console,
      performance: { now: () => performance.now() },
      navigator: { product: 'ReactNative' },
      ...more,
    },
    { codeGeneration: { strings: false, wasm: false } },
  );
  runInContext('globalThis.global = globalThis.window = globalThis.self = globalThis;', context);
  return {
    require(code: string): unknown {
      const module = { exports: {} };
      const run = runInContext(`(function (module, exports) {\n${code}\n})`, context) as (
        module: object,
        exports: object,
      ) => void;
      run(module, module.exports);
      return module.exports;
    },
  };
}

test('chats in React Native by its WebSocket', async () => {
  await using server = await startServer();
  const [alice, bob] = ['alice', 'bob'].map((userID) => {
    const TIM = createReactNative().require(code) as TIMStatic;
    const tim = TIM.create({ SDKAppID: server.SDKAppID, proxyServer: server.wsURL });
    tim.setLogLevel(4);
    const received: unknown[] = [];
    tim.on('onMessageReceived', ({ data }) => void received.push(...data.map(({ payload }) => payload)));
    return { tim, received, enter: () => tim.login({ userID, userSig: server.userSig(userID) }) };
  });
  if (!alice || !bob) throw new Error('nobody is there');
  for (const person of [alice, bob]) {
    await person.enter();
    await person.tim.ready();
  }
  const message = alice.tim.createTextMessage({
    to: 'bob',
    conversationType: 'C2C',
    payload: { text: 'hello' },
  });
  expect(await alice.tim.sendMessage(message)).toMatchObject({ code: 0 });
  await expect.poll(() => bob.received).toEqual([{ text: 'hello' }]);
  for (const { tim } of [alice, bob]) await tim.logout();
});

test('an app that is in front again asks its connection at once whether it still is one', async () => {
  await using server = await startServer();
  const sent: string[] = [];
  class CountedSocket extends WebSocket {
    override send(text: string): void {
      sent.push(text);
      super.send(text);
    }
  }
  const states = new Set<(isInFront: boolean) => void>();
  const TIM = createReactNative({
    WebSocket: CountedSocket,
    STERNA_FOREGROUND(listener: (isInFront: boolean) => void) {
      states.add(listener);
      return () => states.delete(listener);
    },
  }).require(code) as TIMStatic;
  const tim = TIM.create({ SDKAppID: server.SDKAppID, proxyServer: server.wsURL });
  tim.setLogLevel(4);
  expect(states.size).toBe(0);
  await tim.login({ userID: 'alice', userSig: server.userSig('alice') });
  await tim.ready();
  expect(states.size).toBe(1);
  const before = sent.length;
  for (const tell of states) tell(true);
  expect(sent.slice(before).join()).toContain('session.ping');
  await tim.logout();
  expect(states.size).toBe(0);
});

test('without a server named, a login there says so', async () => {
  const TIM = createReactNative().require(code) as TIMStatic;
  const tim = TIM.create({ SDKAppID: 1400000001 });
  tim.setLogLevel(4);
  await expect(tim.login({ userID: 'alice', userSig: 'x' })).rejects.toMatchObject({
    code: 2800,
    message: expect.stringContaining('proxyServer'),
  });
});
