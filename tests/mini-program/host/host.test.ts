import { createFakeClock, createSeededRandom, type FakeClock } from '@sterna/core/testing';
import { expect, test, vi } from 'vitest';
import { createHost, type Host } from './host.ts';
import { KIND_HOST, LIMITS, type HostHabits } from './limits.ts';
import type { HostNetwork } from './ports.ts';
import { packProgram, startProgram } from './runtime.ts';

const URL = 'wss://chat.example.org/ws';
const echo: HostNetwork = {
  connect: (_, { opened, text }) => {
    queueMicrotask(opened);
    return { send: text, close: () => undefined, cut: () => undefined };
  },
};

function setUp(habits: Partial<HostHabits> = {}, network = echo): { clock: FakeClock; host: Host } {
  const clock = createFakeClock();
  const time = { nowMs: clock.nowMs, after: clock.after };
  const random = createSeededRandom(1);
  return { clock, host: createHost({ time, random, network, habits: { ...KIND_HOST, ...habits } }) };
}

test.each([LIMITS.sockets, LIMITS.socketsOnOldHosts])('%i sockets at once, and no more', async (sockets) => {
  const { clock, host } = setUp({ sockets });
  const fail = vi.fn<(result: { errMsg: string }) => void>();
  const tasks = Array.from({ length: sockets }, () => host.wx.connectSocket({ url: URL, fail }));
  await clock.advance(100);
  expect(fail).not.toHaveBeenCalled();
  host.wx.connectSocket({ url: URL, fail });
  await clock.advance(100);
  expect(fail).toHaveBeenCalledOnce();
  expect(fail.mock.lastCall?.[0].errMsg).toContain('exceed max task count');
  // One that is closing counts until it is gone.
  tasks[0]?.close({});
  host.wx.connectSocket({ url: URL, fail });
  await clock.advance(KIND_HOST.closeMs + 1);
  expect(fail).toHaveBeenCalledTimes(2);
  host.wx.connectSocket({ url: URL, fail });
  await clock.advance(100);
  expect(fail).toHaveBeenCalledTimes(2);
  expect(host.sockets).toMatchObject({ mostHeld: sockets, held: sockets });
});

test.each([true, false])('a hidden program loses its sockets; whether it is told: %s', async (killTells) => {
  const { clock, host } = setUp({ killTells });
  const onClose = vi.fn<() => void>();
  const task = host.wx.connectSocket({ url: URL });
  task.onClose(onClose);
  await clock.advance(100);
  host.hide();
  await clock.advance(LIMITS.hiddenSocketMs - 1);
  expect(host.sockets.open).toBe(1);
  await clock.advance(1);
  expect(host.sockets.open).toBe(0);
  expect(onClose).toHaveBeenCalledTimes(killTells ? 1 : 0);
  const fail = vi.fn<() => void>();
  host.wx.connectSocket({ url: URL, fail });
  task.send({ data: 'x', fail });
  await clock.advance(100);
  expect(fail).toHaveBeenCalledTimes(2);
});

test('a program that comes back in time keeps its socket', async () => {
  const { clock, host } = setUp();
  host.wx.connectSocket({ url: URL });
  host.hide();
  await clock.advance(LIMITS.hiddenSocketMs - 1);
  host.show();
  await clock.advance(60_000);
  expect(host.sockets.open).toBe(1);
});

test.each([
  ['overdue', 5_000],
  ['goOn', 5_400],
] as const)('timers stand still with the program; afterwards they are %s', async (thaw, ranMs) => {
  const { clock, host } = setUp({ freezeAfterMs: 100, thaw });
  const startMs = clock.nowMs();
  const ran: number[] = [];
  const every = host.thread.globals.setInterval(() => ran.push(-1), 10_000);
  host.thread.globals.setTimeout(() => ran.push(clock.nowMs() - startMs), 500);
  host.hide();
  await clock.advance(5_000);
  expect(ran).toEqual([]);
  host.show();
  await clock.advance(1_000);
  host.thread.globals.clearInterval(every);
  expect(ran).toEqual([ranMs]);
  expect(host.thread.timers).toBe(0);
});

test('frames for a program that stands still wait, and come before its timers', async () => {
  const { clock, host } = setUp({ freezeAfterMs: 0, killAfterMs: 5_000 });
  const order: unknown[] = [];
  const task = host.wx.connectSocket({ url: URL });
  task.onMessage(({ data }) => void order.push(data));
  await clock.advance(100);
  task.send({ data: 'echo' });
  host.thread.globals.setTimeout(() => void order.push('timer'), 1);
  host.hide();
  await clock.advance(1_000);
  expect(order).toEqual([]);
  host.show();
  await clock.advance(1);
  expect(order).toEqual(['echo', 'timer']);
});

test('sends above the rate fail', async () => {
  const { clock, host } = setUp({ bridgeMs: 0 });
  const task = host.wx.connectSocket({ url: URL });
  await clock.advance(100);
  const fail = vi.fn<() => void>();
  for (let n = 0; n <= LIMITS.sendsPerSecond; n++) task.send({ data: 'x', fail });
  await clock.advance(100);
  expect(fail).toHaveBeenCalledOnce();
  await clock.advance(1_000);
  task.send({ data: 'x', fail });
  await clock.advance(100);
  expect(fail).toHaveBeenCalledOnce();
});

test('storage: 1 MB for a key, 10 MB for all, and nothing when it is denied', () => {
  const { wx, storage } = setUp().host;
  const quotes = 2;
  const whole = 'x'.repeat(LIMITS.storageKeyBytes - quotes);
  expect(wx.getStorageSync('none')).toBe('');
  expect(() => wx.setStorageSync('more', `${whole}x`)).toThrow('entry size limit');
  for (let n = 0; n < 9; n++) wx.setStorageSync(`key${n}`, whole);
  expect(() => wx.setStorageSync('last', whole)).toThrow('storage limit');
  expect(wx.getStorageSync('last')).toBe('');
  wx.removeStorageSync('key0');
  wx.setStorageSync('last', whole);
  expect(wx.getStorageSync('last')).toBe(whole);
  storage.deny();
  expect(() => wx.getStorageSync('last')).toThrow('fail');
});

test('requests under way fail when the program has been hidden for five seconds', async () => {
  const { clock, host } = setUp();
  const abort = vi.fn<() => void>();
  const fail = vi.fn<(result: { errMsg: string }) => void>();
  const request = host.requests.interruptible('request', (_: { fail?: typeof fail }) => ({ abort }));
  request({ fail });
  host.hide();
  await clock.advance(LIMITS.hiddenSocketMs);
  expect(fail.mock.calls).toEqual([[{ errMsg: 'request:fail interrupted' }]]);
  expect(abort).toHaveBeenCalledOnce();
});

test('a main package has 2 MB and not a byte more', () => {
  expect(packProgram({ app: ' '.repeat(LIMITS.mainPackageBytes) }).bytes).toBe(LIMITS.mainPackageBytes);
  expect(() => packProgram({ app: ' '.repeat(LIMITS.mainPackageBytes), b: ' ' })).toThrow(
    'exceeds max limit',
  );
});

test.each([
  ['eval', "eval('1')"],
  ['new Function', "new Function('return 1')()"],
  ['a page', 'document.title'],
  ['a Node process', 'process.version'],
  ['a microtask queue', 'queueMicrotask(() => 1)'],
])('a program has no %s', (_, code) => {
  const { host } = setUp();
  const { require } = startProgram(packProgram({ app: code }), { host, nowMs: () => 0, random: () => 0 });
  expect(() => require('app')).toThrow();
});
