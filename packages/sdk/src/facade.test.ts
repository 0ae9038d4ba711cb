import { expect, test, vi } from 'vitest';
import { ImError, sdkError } from './errors.ts';
import { ANYBODY, createFacade } from './facade.ts';
import { createLogger } from './logger.ts';
import { everyMethod, PROMISE_METHODS, SYNC_METHODS } from './methods.ts';
import type { Methods } from './module.ts';
import * as SDK_ERRORS from './sdk-errors.ts';

const promiseNames = Object.values(PROMISE_METHODS).join(' ').split(' ');
const syncNames = Object.keys(SYNC_METHODS);
type Loose = Record<string, (...args: unknown[]) => unknown>;

function facadeOf(methods: Methods) {
  const sink = vi.fn();
  const tim = createFacade(methods, everyMethod(), createLogger(sink), { open: ANYBODY });
  return { tim, loose: tim as unknown as Loose, sink };
}

test('every name is there once: 150 published ones, ready and uploadFile', () => {
  expect(new Set([...promiseNames, ...syncNames]).size).toBe(promiseNames.length + syncNames.length);
  expect(promiseNames.length + syncNames.length).toBe(152);
  expect(Object.keys(facadeOf({}).tim).toSorted()).toEqual([...promiseNames, ...syncNames].toSorted());
});

test.each(promiseNames)('%s, not built, rejects with 2998 and its name', async (name) => {
  const result = facadeOf({}).loose[name]?.();
  expect(result).toBeInstanceOf(Promise);
  await expect(result).rejects.toMatchObject({
    code: 2998,
    message: expect.stringContaining(name) as string,
  });
});

test.each(Object.entries(SYNC_METHODS))(
  '%s, not built, answers %j at once and says so in the log',
  (name, answer) => {
    const { loose, sink } = facadeOf({});
    expect(loose[name]?.()).toBe(answer);
    expect(sink).toHaveBeenCalledWith('warn', expect.stringContaining(name), { code: 2998 });
  },
);

test('the callback flavours report to their error callback', () => {
  const onError = vi.fn();
  facadeOf({}).tim.inviteSync({ userID: 'bob' }, undefined, onError);
  expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: 2998 }));
});

test('what throws before its promise exists becomes a rejection, an ImError unchanged', async () => {
  const refusal = sdkError(SDK_ERRORS.notLoggedIn);
  const { tim } = facadeOf({
    logout: () => {
      throw refusal;
    },
    getMyProfile: () => {
      throw new TypeError('x is undefined');
    },
  });
  await expect(tim.logout()).rejects.toBe(refusal);
  await expect(tim.getMyProfile()).rejects.toMatchObject({ code: 10004 });
  await expect(tim.getMyProfile()).rejects.toBeInstanceOf(ImError);
});

test('an argument of another type is told by what was passed, not in the words of the engine', async () => {
  const split: Methods = {
    login: ({ userID }) => Promise.resolve({ tinyID: userID.slice(1) } as never),
    createTextMessage: ({ to }) => to.slice(1) as never,
  };
  const { loose, sink } = facadeOf(split);
  const told = 'A parameter is not valid: ';
  await expect(loose['login']?.({ userID: 5, userSig: 's' })).rejects.toMatchObject({
    code: 10004,
    message: `${told}login({ userID: number, userSig: string })`,
  });
  await expect(loose['login']?.(null, [])).rejects.toMatchObject({ message: `${told}login(null, array)` });
  expect(loose['createTextMessage']?.()).toBeUndefined();
  expect(sink).toHaveBeenCalledWith('warn', `${told}createTextMessage()`, { code: 10004 });
});

test('a forward passes all arguments on and starts at once', async () => {
  const setMessageExtensions = vi.fn<NonNullable<Methods['setMessageExtensions']>>();
  setMessageExtensions.mockResolvedValue({ extensions: [] });
  const { loose } = facadeOf({ setMessageExtensions });
  const result = loose['setMessageExtensions']?.('message', ['extension'], 'more');
  expect(setMessageExtensions).toHaveBeenCalledWith('message', ['extension'], 'more');
  await expect(result).resolves.toEqual({ code: 0, data: { extensions: [] } });
});

test('methods work detached, through a proxy, and beside properties that an application adds', () => {
  const { tim } = facadeOf({ getLoginUser: () => 'alice' });
  const { getLoginUser } = tim;
  expect(getLoginUser()).toBe('alice');
  expect(new Proxy(tim, {}).getLoginUser()).toBe('alice');
  expect(Object.getPrototypeOf(tim)).toBe(Object.prototype);
  Object.assign(tim, { mine: 1 });
  expect(tim).toHaveProperty('mine', 1);
});

test('before the login only the life cycle answers, and methods that are not built say so first', async () => {
  const getMyProfile = vi.fn();
  const login = vi.fn().mockResolvedValue({ tinyID: '1' });
  const { loose } = facadeOf({ getLoginUser: () => '', getMyProfile, login, isReady: () => true });
  await expect(loose['getMyProfile']?.()).rejects.toMatchObject({ code: 2024 });
  expect(getMyProfile).not.toHaveBeenCalled();
  await expect(loose['login']?.()).resolves.toEqual({ code: 0, data: { tinyID: '1' } });
  await expect(loose['getGroupList']?.()).rejects.toMatchObject({ code: 2998 });
  expect(loose['isReady']?.()).toBe(true);
});

test('a method without an answer of its own resolves with empty data', async () => {
  const { tim } = facadeOf({ setMessageRead: () => undefined });
  await expect(tim.setMessageRead({ conversationID: 'C2Cbob' })).resolves.toEqual({ code: 0, data: {} });
});
