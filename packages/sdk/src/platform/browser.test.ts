import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBrowserPlatform } from './browser.ts';

let meta: string | undefined;

beforeEach(() => {
  meta = undefined;
  const page = Object.assign(new EventTarget(), {
    hidden: false,
    querySelector: () => (meta === undefined ? null : { getAttribute: () => meta }),
  });
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', page);
  vi.stubGlobal('location', { origin: 'https://chat.test', href: 'https://chat.test/app/' });
});
afterEach(() => vi.unstubAllGlobals());

test('touches no page before it is used, so that it may be imported on a server', () => {
  vi.unstubAllGlobals();
  expect(() => createBrowserPlatform()).not.toThrow();
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
    vi.stubGlobal('location', { origin: 'null', href: 'file:///chat.html' });
    expect(createBrowserPlatform().defaultServerURL()).toBeUndefined();
  });
});

test('hears the network and the user, and nothing after it stopped listening', () => {
  const platform = createBrowserPlatform();
  const network = vi.fn();
  const foreground = vi.fn();
  const offs = [platform.onNetworkChange(network), platform.onForegroundChange(foreground)];
  window.dispatchEvent(new Event('offline'));
  window.dispatchEvent(new Event('online'));
  window.dispatchEvent(new Event('pageshow'));
  document.dispatchEvent(new Event('freeze'));
  document.dispatchEvent(new Event('resume'));
  document.dispatchEvent(new Event('visibilitychange'));
  Object.assign(document, { hidden: true });
  document.dispatchEvent(new Event('visibilitychange'));
  expect(network.mock.calls.flat()).toEqual([false, true]);
  expect(foreground.mock.calls.flat()).toEqual([true, false, true, true, false]);
  for (const off of offs) off();
  window.dispatchEvent(new Event('online'));
  document.dispatchEvent(new Event('visibilitychange'));
  expect(network).toHaveBeenCalledTimes(2);
  expect(foreground).toHaveBeenCalledTimes(5);
});
