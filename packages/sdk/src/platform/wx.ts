import type { Cancel, Platform } from './platform.ts';
import { findHost, type MiniProgramHost, type NetworkListener } from './wx-host.ts';
import { createWxSockets } from './wx-socket.ts';

/** WeChat cuts the sockets of a program that has been out of sight for this long, and may lose the close event. */
export const HIDDEN_SOCKET_MS = 5_000;
/** Frames that the host kept back while the program stood still come at once, and prove nothing: they may go first. */
export const SHOWN_BACKLOG_MS = 100;
/** After them a socket must bring a frame within this: then its successor is on its way within three seconds. */
export const SHOWN_ANSWER_MS = 2_000;

/** Mini programs of WeChat and of the hosts that follow it. Touches nothing before it is called. */
export function createWxPlatform(host: MiniProgramHost = findHost()): Platform {
  const monotonicMs = createMonotonic();
  const setTimer = (ms: number, run: () => void): Cancel => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  };
  const sockets = createWxSockets(host, setTimer);
  const network = createRelay<boolean>((tell) => {
    const listener: NetworkListener = ({ isConnected }) => tell(isConnected);
    host.onNetworkStatusChange?.(listener);
    return () => host.offNetworkStatusChange?.(listener);
  });
  /** When a frame last came, or the socket was asked for. */
  let aliveMs = 0;
  const foreground = createRelay<boolean>((tell) => {
    /** When the program went out of sight. */
    let hiddenMs: number | undefined;
    let doubt: Cancel | undefined;
    const ask = (): void => {
      const socket = sockets.current();
      const askedMs = monotonicMs();
      doubt = setTimer(SHOWN_ANSWER_MS, () => {
        if (aliveMs >= askedMs || !socket || socket !== sockets.current()) return;
        sockets.presumeDead('nothing came since the program is back');
        tell(true);
      });
      tell(true);
    };
    const onHide = (): void => {
      doubt?.();
      hiddenMs = monotonicMs();
      tell(false);
    };
    const onShow = (): void => {
      doubt?.();
      const killedMs = (hiddenMs ?? Infinity) + HIDDEN_SOCKET_MS;
      hiddenMs = undefined;
      // A sign of life from later than that: the host is a kinder one, or the socket new. It is asked like any other.
      if (monotonicMs() >= killedMs && aliveMs < killedMs) sockets.presumeDead('the program was hidden');
      if (sockets.current()) doubt = setTimer(SHOWN_BACKLOG_MS, ask);
      else tell(true);
    };
    host.onAppHide?.(onHide);
    host.onAppShow?.(onShow);
    return () => {
      doubt?.();
      host.offAppHide?.(onHide);
      host.offAppShow?.(onShow);
    };
  });

  return {
    name: 'miniprogram',
    openSocket(url, handlers) {
      aliveMs = monotonicMs();
      return sockets.open(url, {
        ...handlers,
        onText(text) {
          aliveMs = monotonicMs();
          handlers.onText(text);
        },
      });
    },
    nowMs: () => Date.now(),
    monotonicMs,
    setTimer,
    random: () => Math.random(),
    onNetworkChange: network,
    onForegroundChange: foreground,
    defaultServerURL: namedServer,
  };
}

/** No host has a monotonic clock that all have: the wall clock, less its steps back. */
function createMonotonic(): () => number {
  let lastMs = Date.now();
  let sumMs = 0;
  return () => {
    const nowMs = Date.now();
    sumMs += Math.max(0, nowMs - lastMs);
    lastMs = nowMs;
    return sumMs;
  };
}

/** One listener at the host for any number of ours: some hosts can add listeners and not remove them. */
function createRelay<Value>(
  subscribe: (tell: (value: Value) => void) => Cancel,
): (listener: (value: Value) => void) => Cancel {
  const listeners = new Set<(value: Value) => void>();
  let unsubscribe: Cancel | undefined;
  return (listener) => {
    // A new function, so that the same listener may be added twice.
    const mine = (value: Value): void => listener(value);
    listeners.add(mine);
    unsubscribe ??= subscribe((value) => [...listeners].forEach((each) => each(value)));
    return () => {
      if (!listeners.delete(mine) || listeners.size > 0) return;
      unsubscribe?.();
      unsubscribe = undefined;
    };
  };
}

/** What the application set before `create`. Old hosts know no `globalThis`. */
function namedServer(): string | undefined {
  if (typeof globalThis === 'undefined') return undefined;
  const named: unknown = Reflect.get(globalThis, 'STERNA_SERVER');
  return typeof named === 'string' && named ? named : undefined;
}
