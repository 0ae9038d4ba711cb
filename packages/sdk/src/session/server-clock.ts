import type { Platform } from '../platform/platform.ts';

/** The server's time as this device knows it: the device's own clock may be wrong by years, or be set while we run. */
export interface ServerClock {
  nowMs(): number;
  /** The server just said what time it is. */
  set(serverMs: number): void;
}

export function createServerClock(platform: Pick<Platform, 'nowMs' | 'monotonicMs'>): ServerClock {
  let heard: { serverMs: number; atMs: number } | undefined;
  return {
    nowMs: () =>
      heard ? Math.floor(heard.serverMs + platform.monotonicMs() - heard.atMs) : platform.nowMs(),
    set: (serverMs) => void (heard = { serverMs, atMs: platform.monotonicMs() }),
  };
}

/** Made once for each instance of the SDK and kept over its connections, so that a reconnection is never a second device. */
export function makeInstanceID(platform: Pick<Platform, 'name' | 'nowMs' | 'random'>): string {
  const part = (): string => Math.floor(platform.random() * 36 ** 8).toString(36);
  return `${platform.name}-${platform.nowMs().toString(36)}-${part()}${part()}`;
}
