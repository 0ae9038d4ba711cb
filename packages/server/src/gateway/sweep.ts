import { ImError } from '@sterna/core';
import { LIMITS } from '@sterna/protocol';
import type { GatewayDeps } from './deps.ts';
import type { Hubs } from './hubs.ts';

/** Finds what the bus lost and no later entry reveals. */
export interface Sweep {
  /** Resolves when everything that is committed from now on will be noticed: whoever reads after that misses nothing. */
  watch(): Promise<void>;
  stop(): void;
}

/** Every few seconds the store is asked which logs have grown. Runs only while there are sockets, so an idle node does nothing. */
export function createSweep(
  deps: GatewayDeps,
  hubs: Hubs,
  connections: { isIdle(): boolean; closeAll(): void },
): Sweep {
  let cancel: (() => void) | undefined;
  let cursor: string | undefined;
  let starting: Promise<void> | undefined;
  let stopped = false;

  /** Says only where the store stands: what was before is each login's own sync. */
  async function start(): Promise<void> {
    ({ cursor } = await deps.store.changes(undefined));
    schedule();
  }

  async function sweep(): Promise<void> {
    const { cursor: next, logs } = await deps.store.changes(cursor);
    hubs.stand(logs);
    cursor = next;
  }

  function schedule(): void {
    if (stopped) return;
    cancel = deps.clock.after(LIMITS.sweepMs, () => {
      if (connections.isIdle()) cursor = undefined;
      else void run();
    });
  }

  async function run(): Promise<void> {
    try {
      await sweep();
    } catch (error) {
      deps.events.failed('sweep', error);
      if (error instanceof ImError && error.reason === 'reset') return restart();
    }
    schedule();
  }

  /** The data is another than it was: nothing that hubs and clients hold is known to continue. All begin anew. */
  function restart(): void {
    cursor = undefined;
    hubs.forget();
    connections.closeAll();
  }

  return {
    async watch() {
      if (cursor !== undefined) return;
      starting ??= start().finally(() => {
        starting = undefined;
      });
      await starting;
    },
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}
