import type { Platform } from './platform.ts';
import { namedServer, openWebSocket } from './web-socket.ts';

/** Node 22 and later have a `WebSocket`; in an older one the application may set that of the `ws` package. A process has no page: the server must be named. */
export function createNodePlatform(): Platform {
  return {
    name: 'web',
    openSocket: openWebSocket,
    lacksSockets: () =>
      typeof WebSocket === 'function'
        ? undefined
        : 'there is no WebSocket here. Node 22 has one; before it, set globalThis.WebSocket to that of the ws package',
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
