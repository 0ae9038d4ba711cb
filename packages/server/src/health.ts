import type { Clock, Store } from '@sterna/core';

/** Whether this node can take work: the answer to a load balancer. */
export interface Readiness {
  check(): Promise<{ ready: true } | { ready: false; reason: string }>;
  /** The node is stopping: no new work, whatever the store says. */
  drain(): void;
}

/** A store that takes longer than this to read one record is not there for a client either. */
const STORE_DEADLINE_MS = 2000;

export function createReadiness(store: Pick<Store, 'get'>, clock: Clock): Readiness {
  let isDraining = false;

  async function storeAnswers(): Promise<boolean> {
    const late = Promise.withResolvers<false>();
    const cancel = clock.after(STORE_DEADLINE_MS, () => late.resolve(false));
    try {
      return await Promise.race([store.get(['u/0/nobody/account']).then(() => true as const), late.promise]);
    } catch {
      return false;
    } finally {
      cancel();
    }
  }

  return {
    async check() {
      if (isDraining) return { ready: false, reason: 'draining' };
      return (await storeAnswers()) ? { ready: true } : { ready: false, reason: 'the store does not answer' };
    },
    drain() {
      isDraining = true;
    },
  };
}
