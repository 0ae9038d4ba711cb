import type { Platform } from '../platform/platform.ts';

/** The server's time as this device knows it: the device's own clock may be wrong by years, or be set while we run. */
export interface ServerClock {
  nowMs(): number;
  /** What it was when the server said so last. */
  lastSaid(): number | undefined;
  /** The server just said what time it is. */
  set(serverMs: number): void;
}

export function createServerClock(platform: Pick<Platform, 'nowMs' | 'monotonicMs'>): ServerClock {
  let saidMs: number | undefined;
  let atMs = 0;
  return {
    nowMs: () => (saidMs ? Math.floor(saidMs + platform.monotonicMs() - atMs) : platform.nowMs()),
    lastSaid: () => saidMs,
    set(serverMs) {
      saidMs = serverMs;
      atMs = platform.monotonicMs();
    },
  };
}

/** Made once for each instance of the SDK and kept over its connections, so that a reconnection is never a second device. */
export function makeInstanceID(platform: Pick<Platform, 'name' | 'nowMs' | 'random'>): string {
  const part = (): string => Math.floor(platform.random() * 36 ** 8).toString(36);
  return `${platform.name}-${platform.nowMs().toString(36)}-${part()}${part()}`;
}
