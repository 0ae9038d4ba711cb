import type { Clock } from '@sterna/core';
import { networkOf } from './network.ts';
import { createTokenBuckets } from './token-buckets.ts';

/** Counts failed logins, for one account from one address, and for the address as a whole. */
export interface LoginFailures {
  mayTry(account: string, address: string): boolean;
  failed(account: string, address: string): void;
}

const ACCOUNTS = 50_000;

/** How many accounts may fail from one address: many people sit behind the same one. */
const ACCOUNTS_PER_ADDRESS = 10;

/**
 * The account alone is never locked: else anybody could keep its owner out by failing on purpose. Signatures cannot be guessed
 * anyway; what this bounds is the work and the noise that a broken or hostile client makes.
 */
export function createLoginFailures(perMinute: number, clock: Pick<Clock, 'monotonicMs'>): LoginFailures {
  const forBoth = createTokenBuckets({ perSecond: perMinute / 60, burst: perMinute, keys: ACCOUNTS, clock });
  const addressLimit = perMinute * ACCOUNTS_PER_ADDRESS;
  const forAddress = createTokenBuckets({
    perSecond: addressLimit / 60,
    burst: addressLimit,
    keys: ACCOUNTS,
    clock,
  });
  const both = (account: string, address: string): string => `${networkOf(address)} ${account}`;

  return {
    mayTry: (account, address) => forBoth.has(both(account, address)) && forAddress.has(networkOf(address)),
    failed(account, address) {
      forBoth.take(both(account, address));
      forAddress.take(networkOf(address));
    },
  };
}
