import type { SternaGlobals } from '../types/sdk.ts';
import type { Cancel, Platform } from './platform.ts';
import { namedServer, openWebSocket } from './web-socket.ts';

/** Whoever has not run for this long was asleep, or throttled: either way a socket is to be asked if it still is one. */
export const SLEPT_MS = 10_000;

/** Pages, workers and React Native. Touches nothing before it is used, so that it may be imported where there is no page. */
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
    random: Math.random,
    onNetworkChange: (listener) =>
      listen(here(), { online: () => listener(true), offline: () => listener(false) }),
    onForegroundChange(listener) {
      const { document, STERNA_FOREGROUND: subscribe } = here();
      const shown = (): void => listener(true);
      return together(
        subscribe && subscribe(listener),
        listen(document, {
          visibilitychange: () => listener(!(document && document.hidden)),
          resume: shown,
        }),
        // A page out of the back-forward cache, or thawed, had its sockets cut without a word.
        listen(here(), { pageshow: shown }),
        noticeSleep(shown),
      );
    },
    defaultServerURL() {
      const { document, location } = here();
      const meta = document && document.querySelector<HTMLMetaElement>('meta[name="sterna-server"]');
      const named = namedServer() || (meta && meta.content);
      if (!location) return named || undefined;
      const { href } = named ? new URL(named, location.href) : { href: location.origin };
      // A page from a file has no origin, and says so in a word.
      return href === 'null' ? undefined : href.replace(/^http/, 'ws');
    },
  };
}

/** A page; a worker, which has no document; or React Native, whose global object hears nothing either. */
function here(): Partial<Pick<typeof self, 'document' | 'location' | keyof EventTarget> & SternaGlobals> {
  return typeof self === 'undefined' ? {} : self;
}

function listen(target: Partial<EventTarget> | undefined, handlers: Record<string, () => void>): Cancel {
  const each = (call: 'addEventListener' | 'removeEventListener'): void => {
    for (const type of Object.keys(handlers))
      if (target && target[call]) target[call](type, handlers[type] || null);
  };
  each('addEventListener');
  return () => each('removeEventListener');
}

/** A machine that slept tells nobody, and its sockets may be dead. Clocks that stood still meanwhile do not show it; the wall's does. */
function noticeSleep(wake: () => void): Cancel {
  let seenMs = Date.now();
  const timer = setInterval(() => {
    const sinceMs = Date.now() - seenMs;
    seenMs += sinceMs;
    if (sinceMs > SLEPT_MS) wake();
  }, SLEPT_MS / 2);
  return () => clearInterval(timer);
}

function together(...cancels: (Cancel | undefined)[]): Cancel {
  return () => {
    for (const cancel of cancels) if (cancel) cancel();
  };
}
