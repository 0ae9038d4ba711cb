import { LOGIN_DEADLINE_MS, LOGIN_REFUSALS, LOGIN_REFUSED_MS } from '../limits.ts';
import type { Platform } from '../platform/platform.ts';
import { createTimer } from '../platform/timer.ts';

/** How long a login under way is tried. */
export interface Patience {
  begin(url: string): void;
  /** A socket has opened. */
  reached(): void;
  /** The last sockets, so many, were refused before they opened. */
  refused(failures: number): void;
  end(): void;
}

export function createPatience(
  platform: Pick<Platform, 'setTimer' | 'monotonicMs'>,
  tryNow: () => void,
  giveUp: (end: { reached: boolean; url: string }) => void,
): Patience {
  const deadline = createTimer(platform);
  /** The attempt that decides where all were refused: no wait between two may be longer than a server's restart. */
  const lastTry = createTimer(platform);
  let url = '';
  let begunMs = 0;
  let isOver = true;
  let isReached = false;
  const stop = (): void => giveUp({ reached: isReached, url });
  return {
    begin(address) {
      url = address;
      begunMs = platform.monotonicMs();
      isOver = isReached = false;
      deadline.set(LOGIN_DEADLINE_MS, stop);
    },
    reached: () => void (isReached = true),
    refused(failures) {
      if (isOver || isReached) return;
      const leftMs = begunMs + LOGIN_REFUSED_MS - platform.monotonicMs();
      if (leftMs > 0) lastTry.set(leftMs, tryNow);
      else if (failures >= LOGIN_REFUSALS) stop();
    },
    end() {
      isOver = true;
      deadline.stop();
      lastTry.stop();
    },
  };
}
