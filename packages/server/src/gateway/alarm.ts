import { runDueTimers } from '@sterna/core';
import { LIMITS } from '@sterna/protocol';
import type { GatewayDeps } from './deps.ts';

/**
 * Wakes for what the store says is due, to the millisecond: a timer is looked at before it is due, as none is set for less
 * than a second. Runs from the start, with or without sockets: what fell due while no server ran is done then.
 */
export function createAlarm(deps: GatewayDeps): { stop(): void } {
  let cancel: (() => void) | undefined;
  let stopped = false;

  async function ring(): Promise<void> {
    let waitMs: number = LIMITS.timerLookMs;
    try {
      const nextMs = await runDueTimers(deps);
      if (nextMs !== undefined) waitMs = Math.min(waitMs, Math.max(0, nextMs - deps.clock.nowMs()));
    } catch (error) {
      deps.events.failed('timers', error);
    }
    if (!stopped) cancel = deps.clock.after(waitMs, () => void ring());
  }

  cancel = deps.clock.after(0, () => void ring());
  return {
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}
