import type { Bus, Rules, Store } from '@sterna/core';
import type { Faults } from './swarm.ts';
import type { Host } from './host.ts';
import type { World } from './world.ts';

/** A planted bug: a part of the service that breaks its contract, put between the real code and its port. */
export interface Mutant {
  name: string;
  /** What a programmer may have thought. */
  story: string;
  /** The checks that may see it; one of them must. */
  caughtBy: readonly string[];
  /** Faults without which the bug does nothing. */
  needs?: Partial<Faults>;
  /** How busily calls are drawn without which it hardly ever does anything. */
  busy?: Readonly<Record<string, number>>;
  rules?(): Rules;
  store?(store: Store, host: Host, world: World): Store;
  bus?(bus: Bus): Bus;
  /** Items on their way to a client's socket. */
  item?(item: string): string;
  /** A node has crashed. */
  crashed?(world: World): void;
}
