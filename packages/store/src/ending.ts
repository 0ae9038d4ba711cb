import type { Outcome } from '@sterna/core';

/** How a command ended, as far as its decision goes. An error is a bug in the decision. */
export type Ending = { outcome: Outcome } | { error: unknown };

/** Whoever waits for a command. */
export interface Listener {
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
}

export function tell({ resolve, reject }: Listener, ending: Ending | undefined): void {
  if (ending === undefined) reject(new Error('the batch lost a command'));
  else if ('outcome' in ending) resolve(ending.outcome);
  else reject(ending.error);
}
