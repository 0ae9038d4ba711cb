import { afterEach, expect, test, vi } from 'vitest';
import { composeTIM } from './create.ts';
import { everyMethod } from './methods.ts';
import type { EngineFactory, Shell } from './module.ts';
import type { CreateOptions } from './types/sdk.ts';

const created: { destroy(): Promise<unknown> }[] = [];

/** An engine that only remembers its shell and can be destroyed. */
function setUp() {
  const shells: Shell[] = [];
  const engine: EngineFactory = (shell) => {
    shells.push(shell);
    return {
      destroy: () => {
        shell.free();
        return Promise.resolve({ code: 0, data: {} });
      },
    };
  };
  const sink = vi.fn();
  const TIM = composeTIM(engine, everyMethod(), sink);
  const create = (options: CreateOptions) => {
    const tim = TIM.create(options);
    created.push(tim);
    return tim;
  };
  return { TIM, create, shells, sink };
}

afterEach(async () => {
  for (const tim of created.splice(0)) await tim.destroy();
});

test('one instance per SDKAppID, whichever copy of the SDK makes it', () => {
  const [one, other] = [setUp(), setUp()];
  const tim = one.create({ SDKAppID: 1400000001 });
  expect(one.create({ SDKAppID: 1400000001, scene: 'ignored' })).toBe(tim);
  expect(other.create({ SDKAppID: 1400000001 })).toBe(tim);
  expect(one.create({ SDKAppID: 1400000002 })).not.toBe(tim);
  expect([one.shells.length, other.shells.length]).toEqual([2, 0]);
});

test('after destroy the next create makes a new instance', async () => {
  const { create } = setUp();
  const tim = create({ SDKAppID: 1400000001 });
  await tim.destroy();
  expect(create({ SDKAppID: 1400000001 })).not.toBe(tim);
});

test('an SDKAppID that is none throws nothing, and is asked for by the login', async () => {
  const { create, TIM } = setUp();
  const account = { userID: 'alice', userSig: 'sig' };
  await expect(create({ SDKAppID: 0 }).login(account)).rejects.toMatchObject({
    code: 2000,
    message: 'SDKAppID is missing, or no number',
  });
  const tim = Reflect.apply(TIM.create, undefined, []);
  created.push(tim);
  await expect(tim.login(account)).rejects.toMatchObject({ code: 2000 });
});

test('the export has the published keys, is acyclic as JSON, and is its own hidden default', () => {
  const { TIM } = setUp();
  expect(Object.keys(TIM).toSorted()).toEqual([
    'EVENT',
    'STERNA_VERSION',
    'TSignaling',
    'TYPES',
    'VERSION',
    'create',
  ]);
  expect(JSON.parse(JSON.stringify(TIM))).toMatchObject({
    VERSION: '3.6.6',
    EVENT: { SDK_READY: 'sdkStateReady' },
  });
  expect(Reflect.get(TIM, 'default')).toBe(TIM);
});

test('listeners, the log level, the logger and plugins work before any engine does', () => {
  const { create, shells, sink } = setUp();
  const tim = create({ SDKAppID: 1400000003 });
  const [shell] = shells;
  const [handler, myLog, COS] = [vi.fn(), vi.fn(), class {}];

  tim.on('kickedOut', handler);
  shell?.emitter.emit('kickedOut', { type: 'multipleAccount' });
  expect(handler).toHaveBeenCalledWith({ name: 'kickedOut', data: { type: 'multipleAccount' } });

  tim.setLogLevel(4);
  shell?.logger.error('silenced');
  expect(sink).not.toHaveBeenCalled();

  tim.setLogLevel(0);
  tim.registerPlugin({ 'cos-js-sdk': COS, 'sterna-logger': myLog });
  shell?.logger.debug('mine');
  expect(myLog).toHaveBeenCalledWith('debug', 'mine', {});
  expect(shell?.plugins.get('cos-js-sdk')).toBe(COS);
});

test('a handler that throws is logged with its stack', () => {
  const { create, shells, sink } = setUp();
  create({ SDKAppID: 1400000004 }).on('sdkStateReady', () => {
    throw new Error('oops');
  });
  shells[0]?.emitter.emit('sdkStateReady', undefined);
  expect(sink).toHaveBeenCalledWith('error', expect.stringContaining('sdkStateReady'), {
    stack: expect.stringContaining('oops') as string,
  });
});

test('the experimental switchboard answers as published kits ask', async () => {
  const tim = setUp().create({ SDKAppID: 1400000005 });
  expect(tim.callExperimentalAPI('canIUseModule', ['group'])).toBe(true);
  await expect(tim.callExperimentalAPI('isCommercialAbilityEnabled', 2 ** 38)).resolves.toEqual({
    code: 0,
    data: { enabled: true },
  });
  await expect(tim.callExperimentalAPI('statTUIKeyFeatures')).resolves.toEqual({ code: 0, data: {} });
});
