import { createMemoryStorage, type Cancel, type KeyValueStorage, type Platform } from './platform.ts';
import { namedServer, openWebSocket } from './web-socket.ts';

/** Pages. Touches nothing before it is used, so that it may be imported where there is no page. */
export function createBrowserPlatform(): Platform {
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
    storage: createPageStorage(),
    onNetworkChange: (listener) =>
      together(
        listen(window, 'online', () => listener(true)),
        listen(window, 'offline', () => listener(false)),
      ),
    onForegroundChange: (listener) =>
      together(
        listen(document, 'visibilitychange', () => listener(!document.hidden)),
        // A page out of the back-forward cache, or thawed, had its sockets cut without a word.
        listen(window, 'pageshow', () => listener(true)),
        listen(document, 'resume', () => listener(true)),
        listen(document, 'freeze', () => listener(false)),
      ),
    defaultServerURL() {
      const named =
        namedServer() ?? document.querySelector('meta[name="sterna-server"]')?.getAttribute('content');
      if (named) return new URL(named, location.href).href.replace(/^http/, 'ws');
      return location.protocol.startsWith('http')
        ? `${location.protocol.replace('http', 'ws')}//${location.host}`
        : undefined;
    },
  };
}

function listen(target: EventTarget, type: string, run: () => void): Cancel {
  target.addEventListener(type, run);
  return () => target.removeEventListener(type, run);
}

function together(...cancels: Cancel[]): Cancel {
  return () => {
    for (const cancel of cancels) cancel();
  };
}

/** `localStorage`, or memory where the browser denies it: private windows, blocked cookies, a full disk. */
function createPageStorage(): KeyValueStorage {
  const memory = createMemoryStorage();
  const attempt = <Value>(stored: () => Value, fallback: () => Value): Value => {
    try {
      return stored();
    } catch {
      return fallback();
    }
  };
  return {
    get: (key) =>
      memory.get(key) ??
      attempt(
        () => localStorage.getItem(key) ?? undefined,
        () => undefined,
      ),
    set: (key, value) =>
      attempt(
        () => localStorage.setItem(key, value),
        () => memory.set(key, value),
      ),
    remove(key) {
      memory.remove(key);
      attempt(
        () => localStorage.removeItem(key),
        () => undefined,
      );
    },
  };
}
