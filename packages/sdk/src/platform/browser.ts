import type { Cancel, Platform } from './platform.ts';
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
        namedServer() || document.querySelector('meta[name="sterna-server"]')?.getAttribute('content');
      const { href } = named ? new URL(named, location.href) : { href: location.origin };
      // A page from a file has no origin, and says so in a word.
      return href === 'null' ? undefined : href.replace(/^http/, 'ws');
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
