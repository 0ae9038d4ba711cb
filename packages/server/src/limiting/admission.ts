import type { Clock } from '@sterna/core';
import { networkOf } from './network.ts';
import { createTokenBuckets } from './token-buckets.ts';

/** How many sockets there may be. A stranger is a socket that has not logged in. */
export interface AdmissionLimits {
  connections: number;
  strangers: number;
  strangersPerAddress: number;
  connectsPerSecond: number;
}

/** Why a socket is turned away: the node is full, or this address has had its share. */
export type TurnedAway = 'full' | 'tooMany';

/** A socket's place. */
export interface Place {
  /** The socket has logged in: it no longer counts as a stranger. */
  known(): void;
  /** The socket is gone. */
  left(): void;
}

/** Who may open a socket, so that strangers cannot use up what the others need. */
export interface Admission {
  enter(address: string): Place | TurnedAway;
  readonly connections: number;
  readonly strangers: number;
}

/** As many addresses as are remembered for the rate of connecting. */
const ADDRESSES = 50_000;

/** A burst that a site behind one address may need after a restart, in seconds of its rate. */
const BURST_SECONDS = 10;

export function createAdmission(limits: AdmissionLimits, clock: Pick<Clock, 'monotonicMs'>): Admission {
  const perAddress = new Map<string, number>();
  const rate = createTokenBuckets({
    perSecond: limits.connectsPerSecond,
    burst: limits.connectsPerSecond * BURST_SECONDS,
    keys: ADDRESSES,
    clock,
  });
  let connections = 0;
  let strangers = 0;

  function forget(network: string): void {
    strangers -= 1;
    const left = (perAddress.get(network) ?? 1) - 1;
    if (left === 0) perAddress.delete(network);
    else perAddress.set(network, left);
  }

  return {
    enter(address) {
      if (connections >= limits.connections || strangers >= limits.strangers) return 'full';
      const network = networkOf(address);
      const fromHere = perAddress.get(network) ?? 0;
      if (fromHere >= limits.strangersPerAddress || !rate.take(network)) return 'tooMany';
      perAddress.set(network, fromHere + 1);
      connections += 1;
      strangers += 1;
      let isStranger = true;
      const known = (): void => {
        if (isStranger) forget(network);
        isStranger = false;
      };
      return {
        known,
        left() {
          known();
          connections -= 1;
        },
      };
    },
    get connections() {
      return connections;
    },
    get strangers() {
      return strangers;
    },
  };
}
