import type { Store } from '../../ports/store.ts';
import type { Rules } from '../../transaction/rules.ts';

/** Data of its own for one test. */
export interface StoreGround {
  /** Opens the data: empty at first, as it was left after that. The store is closed before it is opened again. */
  open(rules: Rules): Promise<Store>;
  /** Closes what is open and removes the data. */
  dispose(): Promise<void>;
}

/** One promise of the store port, and what shows that an engine keeps it. */
export interface StoreCase {
  name: string;
  /** `fresh` makes further grounds, for a case that needs many. */
  run(ground: StoreGround, fresh: () => Promise<StoreGround>): Promise<void>;
}
