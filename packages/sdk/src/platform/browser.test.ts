import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBrowserPlatform, SLEPT_MS } from './browser.ts';

let meta: string | undefined;

beforeEach(() => {
  meta = undefined;
  const page = Object.assign(new EventTarget(), {
    hidden: false,
    querySelector: () => (meta === undefined ? null : { content: meta }),
  });
  const location = { origin: 'https://chat.test', href: 'https://chat.test/app/' };
  vi.stubGlobal('self', Object.assign(new EventTarget(), { document: page, location }));
});
afterEach(() => vi.unstubAllGlobals());

test('touches no page before it is used, so that it may be imported on a server', () => {
  vi.unstubAllGlobals();
  expect(() => createBrowserPlatform()).not.toThrow();
});

test.each([
  [
    'a worker',
    Object.assign(new EventTarget(), { location: { origin: 'https://chat.test' } }),
    'wss://chat.test',
  ],
  ['React Native', { navigator: { product: 'ReactNative' } }, undefined],
])('has no document in %s, and runs there', (_, scope, server) => {
  vi.stubGlobal('self', scope);
  const platform = createBrowserPlatform();
  const heard = vi.fn();
  const offs = [platform.onNetworkChange(heard), platform.onForegroundChange(heard)];
  if (scope instanceof EventTarget) scope.dispatchEvent(new Event('online'));
  expect(heard.mock.calls.flat()).toEqual(scope instanceof EventTarget ? [true] : []);
  expect(platform.defaultServerURL()).toBe(server);
  vi.stubGlobal('STERNA_SERVER', 'wss://global.test/ws');
  expect(platform.defaultServerURL()).toBe('wss://global.test/ws');
  for (const off of offs) off();
});

test('an application tells what its platform does not: that it is in front again', () => {
  const stop = vi.fn();
  const subscribe = vi.fn((_: (isInFront: boolean) => void) => stop);
  vi.stubGlobal('self', { navigator: { product: 'ReactNative' }, STERNA_FOREGROUND: subscribe });
  const platform = createBrowserPlatform();
  expect(subscribe).not.toHaveBeenCalled();
  const heard = vi.fn();
  const off = platform.onForegroundChange(heard);
  for (const isInFront of [false, true]) subscribe.mock.lastCall?.[0](isInFront);
  expect(heard.mock.calls.flat()).toEqual([false, true]);
  off();
  expect([subscribe.mock.calls.length, stop.mock.calls.length]).toEqual([1, 1]);
});

test('a machine that slept is noticed by the wall clock, and only then', () => {
  vi.useFakeTimers();
  const heard = vi.fn();
  const off = createBrowserPlatform().onForegroundChange(heard);
  vi.advanceTimersByTime(10 * SLEPT_MS);
  expect(heard).not.toHaveBeenCalled();
  vi.setSystemTime(Date.now() + SLEPT_MS);
  vi.advanceTimersByTime(SLEPT_MS);
  expect(heard.mock.calls).toEqual([[true]]);
  off();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('the server', () => {
  test('is where the page comes from', () => {
    expect(createBrowserPlatform().defaultServerURL()).toBe('wss://chat.test');
  });

  test.each([
    ['wss://elsewhere.test/im', 'wss://elsewhere.test/im'],
    ['https://elsewhere.test', 'wss://elsewhere.test/'],
    ['/im', 'wss://chat.test/im'],
  ])('is what the page names in its head: %s', (named, url) => {
    meta = named;
    expect(createBrowserPlatform().defaultServerURL()).toBe(url);
  });

  test('is what the global names, before all else', () => {
    meta = 'wss://meta.test';
    vi.stubGlobal('STERNA_SERVER', 'ws://global.test:8080');
    expect(createBrowserPlatform().defaultServerURL()).toBe('ws://global.test:8080/');
  });

  test('is not known to a page from a file', () => {
    Object.assign(self, { location: { origin: 'null', href: 'file:///chat.html' } });
    expect(createBrowserPlatform().defaultServerURL()).toBeUndefined();
  });
});

test('hears the network and the user, and nothing after it stopped listening', () => {
  const platform = createBrowserPlatform();
  const network = vi.fn();
  const foreground = vi.fn();
  const offs = [platform.onNetworkChange(network), platform.onForegroundChange(foreground)];
  self.dispatchEvent(new Event('offline'));
  self.dispatchEvent(new Event('online'));
  self.dispatchEvent(new Event('pageshow'));
  self.document.dispatchEvent(new Event('resume'));
  self.document.dispatchEvent(new Event('visibilitychange'));
  Object.assign(self.document, { hidden: true });
  self.document.dispatchEvent(new Event('visibilitychange'));
  expect(network.mock.calls.flat()).toEqual([false, true]);
  expect(foreground.mock.calls.flat()).toEqual([true, true, true, false]);
  for (const off of offs) off();
  self.dispatchEvent(new Event('online'));
  self.document.dispatchEvent(new Event('visibilitychange'));
  expect(network).toHaveBeenCalledTimes(2);
  expect(foreground).toHaveBeenCalledTimes(4);
});
