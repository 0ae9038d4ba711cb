import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SocketHandlers } from './platform.ts';
import type { MiniProgramHost, SocketTask } from './wx-host.ts';
import { createWxPlatform, HIDDEN_SOCKET_MS, SHOWN_ANSWER_MS, SHOWN_BACKLOG_MS } from './wx.ts';
import { CLOSE_WAIT_MS, HOST_CONNECT_MS } from './wx-socket.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Calls = Parameters<SocketTask['onOpen' | 'onMessage' | 'onClose' | 'onError']>[0];

/** A host whose every event a test raises by hand. */
function createHost() {
  const app = new Map<string, Set<(event: never) => void>>();
  const tasks: {
    send: ReturnType<typeof vi.fn>;
    close: ReturnType<typeof vi.fn>;
    raise(name: string, event?: object): void;
  }[] = [];
  const on = (name: string) => (listener: (event: never) => void) =>
    void (app.get(name) ?? app.set(name, new Set()).get(name))?.add(listener);
  const off = (name: string) => (listener: (event: never) => void) => void app.get(name)?.delete(listener);
  const host = {
    connectSocket: vi.fn<NonNullable<MiniProgramHost['connectSocket']>>(() => {
      const listeners: Record<string, Calls> = {};
      const listen = (name: string) => (listener: Calls) => void (listeners[name] = listener);
      const task = {
        send: vi.fn<SocketTask['send']>(({ success }) => success?.()),
        close: vi.fn<SocketTask['close']>(),
      };
      tasks.push({ ...task, raise: (name, event = {}) => listeners[name]?.(event as never) });
      return {
        ...task,
        onOpen: listen('open'),
        onMessage: listen('message'),
        onClose: listen('close'),
        onError: listen('error'),
      };
    }),
    onAppShow: on('show'),
    offAppShow: off('show'),
    onAppHide: on('hide'),
    offAppHide: off('hide'),
    onNetworkStatusChange: on('network'),
  };
  return {
    host,
    tasks,
    raise: (name: string) => app.get(name)?.forEach((listener) => listener({} as never)),
    listeners: () => [...app.values()].reduce((sum, { size }) => sum + size, 0),
  };
}

function createHandlers(): {
  [Name in keyof SocketHandlers]: ReturnType<typeof vi.fn<SocketHandlers[Name]>>;
} {
  return { onOpen: vi.fn(), onText: vi.fn(), onClose: vi.fn() };
}

/** A platform with one open socket, and the foreground as it was told. */
function setUp() {
  const made = createHost();
  const platform = createWxPlatform(made.host);
  const told: boolean[] = [];
  const cancel = platform.onForegroundChange((visible) => void told.push(visible));
  const handlers = createHandlers();
  const socket = platform.openSocket('wss://chat.example.org/ws', handlers);
  vi.advanceTimersByTime(0);
  made.tasks[0]?.raise('open');
  return { ...made, platform, told, cancel, handlers, socket };
}

describe('sockets', () => {
  test('the next is opened when the last is gone', () => {
    const { platform, socket, host, tasks } = setUp();
    socket.close();
    platform.openSocket('wss://chat.example.org/ws', createHandlers());
    vi.advanceTimersByTime(CLOSE_WAIT_MS - 1);
    expect(host.connectSocket).toHaveBeenCalledTimes(1);
    tasks[0]?.raise('close', { code: 1000 });
    vi.advanceTimersByTime(0);
    expect(host.connectSocket).toHaveBeenCalledTimes(2);
  });

  test.each([
    ['an open one whose close event is lost', true, CLOSE_WAIT_MS],
    ['one that is still connecting, which some hosts do not close', false, HOST_CONNECT_MS + CLOSE_WAIT_MS],
  ])('waits for so long for %s', (_, opens, waitMs) => {
    const { host, tasks } = createHost();
    const platform = createWxPlatform(host);
    const first = platform.openSocket('wss://chat.example.org/ws', createHandlers());
    vi.advanceTimersByTime(0);
    if (opens) tasks[0]?.raise('open');
    first.close();
    platform.openSocket('wss://chat.example.org/ws', createHandlers());
    vi.advanceTimersByTime(waitMs - 1);
    expect(host.connectSocket).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1);
    expect(host.connectSocket).toHaveBeenCalledTimes(2);
  });

  test('one that was given up while it waited is never opened', () => {
    const { platform, socket, host, tasks } = setUp();
    socket.close();
    platform.openSocket('wss://chat.example.org/ws', createHandlers()).close();
    platform.openSocket('wss://chat.example.org/ws', createHandlers());
    tasks[0]?.raise('close');
    vi.advanceTimersByTime(60_000);
    expect(host.connectSocket).toHaveBeenCalledTimes(2);
  });

  test('a frame is sent when the one before has been taken', () => {
    const { socket, tasks } = setUp();
    const taken: (() => void)[] = [];
    tasks[0]?.send.mockImplementation(({ success }: { success(): void }) => void taken.push(success));
    socket.send('one');
    socket.send('two');
    expect(tasks[0]?.send).toHaveBeenCalledTimes(1);
    taken[0]?.();
    expect(tasks[0]?.send).toHaveBeenLastCalledWith(expect.objectContaining({ data: 'two' }));
  });

  test('a send that fails breaks the socket: what waits for an answer has to know', () => {
    const { socket, tasks, handlers } = setUp();
    tasks[0]?.send.mockImplementation(({ fail }: { fail(result: object): void }) =>
      fail({ errMsg: 'interrupted' }),
    );
    socket.send('one');
    expect(handlers.onClose.mock.calls).toEqual([[1006, 'interrupted']]);
    tasks[0]?.raise('close', { code: 1000 });
    expect(handlers.onClose).toHaveBeenCalledOnce();
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('no domain');
      },
    ],
    ['gives nothing', () => undefined],
  ])('a host that %s is a broken connection, told after the call', (_, connectSocket) => {
    const handlers = createHandlers();
    createWxPlatform({ connectSocket }).openSocket('wss://chat.example.org/ws', handlers);
    expect(handlers.onClose).not.toHaveBeenCalled();
    vi.advanceTimersByTime(0);
    expect(handlers.onClose.mock.calls).toEqual([[1006, expect.any(String)]]);
  });
});

describe('back in front', () => {
  test('after too long out of sight the socket is dead, whatever it says', () => {
    const { raise, handlers, told } = setUp();
    raise('hide');
    vi.advanceTimersByTime(HIDDEN_SOCKET_MS);
    raise('show');
    expect(handlers.onClose).toHaveBeenCalledWith(1006, expect.any(String));
    expect(told).toEqual([false, true]);
  });

  test('a host that kept it alive longer is believed, and the socket asked', () => {
    const { raise, handlers, tasks, told } = setUp();
    raise('hide');
    vi.advanceTimersByTime(HIDDEN_SOCKET_MS);
    tasks[0]?.raise('message', { data: '[]' });
    raise('show');
    vi.advanceTimersByTime(SHOWN_BACKLOG_MS);
    expect(told).toEqual([false, true]);
    tasks[0]?.raise('message', { data: '[]' });
    vi.advanceTimersByTime(60_000);
    expect(handlers.onClose).not.toHaveBeenCalled();
  });

  test('frames that were kept back prove nothing', () => {
    const { raise, handlers, tasks, told } = setUp();
    raise('hide');
    vi.advanceTimersByTime(1_000);
    raise('show');
    tasks[0]?.raise('message', { data: '[]' });
    vi.advanceTimersByTime(SHOWN_BACKLOG_MS + SHOWN_ANSWER_MS - 1);
    expect(handlers.onClose).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(handlers.onClose).toHaveBeenCalledOnce();
    expect(told).toEqual([false, true, true]);
  });

  test('a socket that was asked for meanwhile is not the dead one', () => {
    const { platform, raise, tasks } = setUp();
    raise('hide');
    tasks[0]?.raise('close');
    vi.advanceTimersByTime(2 * HIDDEN_SOCKET_MS);
    const handlers = createHandlers();
    platform.openSocket('wss://chat.example.org/ws', handlers);
    raise('show');
    expect(handlers.onClose).not.toHaveBeenCalled();
  });
});

test('listeners at the host are one of each kind, and gone with the last of ours', () => {
  const { platform, cancel, listeners } = setUp();
  const more = [1, 2].map(() => platform.onForegroundChange(() => undefined));
  expect(listeners()).toBe(2);
  for (const off of [cancel, ...more]) off();
  expect(listeners()).toBe(0);
});

test('the monotonic clock never steps back', () => {
  const { monotonicMs } = createWxPlatform({});
  vi.setSystemTime(Date.now() - 86_400_000);
  const beforeMs = monotonicMs();
  vi.advanceTimersByTime(500);
  expect(monotonicMs() - beforeMs).toBe(500);
});
