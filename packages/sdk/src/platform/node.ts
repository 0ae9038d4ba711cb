import type { Platform } from './platform.ts';
import { namedServer, openWebSocket } from './web-socket.ts';

/** Node 22 and later, with its global `WebSocket`. A process has no page: the server must be named. */
export function createNodePlatform(): Platform {
  return {
    name: 'web',
    openSocket: openWebSocket,
    nowMs: () => Date.now(),
    monotonicMs: () => performance.now(),
    setTimer(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    random: () => Math.random(),
    onNetworkChange: () => () => undefined,
    onForegroundChange: () => () => undefined,
    defaultServerURL: namedServer,
  };
}
