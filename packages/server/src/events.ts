import type { Outcome } from '@sterna/core';
import type { ErrorName } from '@sterna/protocol';
import type { GatewayEvents } from './gateway/deps.ts';
import type { Log } from './logger.ts';
import type { Metrics } from './metrics.ts';

/** Everything that happens in a server and is worth counting or telling, one function each. */
export interface ServerEvents extends GatewayEvents {
  /** A UserSig did not let its bearer in. */
  signatureRefused(app: number, userID: string, reason: ErrorName, address: string): void;
  /** An upgrade request was refused before there was a socket. */
  turnedAway(status: number): void;
  /** It was refused for the page that asked: somebody may have forgotten to name it in `allowedOrigins`. */
  originRefused(origin: string): void;
  /** A request to the HTTP side met a bug. */
  pageFailed(error: unknown): void;
  /** A receiver or the connection of the bus failed. */
  busFailed(error: unknown): void;
  /** A command came back from the store. */
  executed(type: string, outcome: Outcome, ms: number): void;
  /** The store could not say what became of a command. */
  executionUnknown(type: string, error: unknown): void;
  /** So many commands became durable together. */
  committed(commands: number): void;
}

/** `showAddress` is how a client's address may appear in the log. */
export function createEvents(
  metrics: Metrics,
  log: Log,
  showAddress: (address: string) => string,
): ServerEvents {
  const failed = (event: string, command: string, error: unknown): void => {
    metrics.errors.inc();
    log.error(event, { command, error });
  };
  return {
    // How many are open is a gauge, read when asked for.
    connected: () => undefined,
    disconnected: () => undefined,
    loggedIn({ app, userID }, resumed) {
      metrics.logins.inc({ result: resumed ? 'resumed' : 'new' });
      log.debug('logged in', { app, userID });
    },
    loginRefused(app, userID, reason) {
      metrics.logins.inc({ result: reason });
      log.debug('login refused', { app, userID, reason });
    },
    signatureRefused: (app, userID, reason, address) =>
      log.info('signature refused', { app, userID, reason, address: showAddress(address) }),
    answered(command, ms) {
      metrics.requests.add(command);
      metrics.requestSeconds.add(ms / 1000);
    },
    refused: (_, reason) => metrics.refusals.inc({ reason }),
    failed: (command, error) => failed('request failed', command, error),
    pushed: (count) => metrics.pushes.add(count),
    kicked: (type) => metrics.kicks.inc({ type }),
    slowReader() {
      metrics.slowReaders.inc();
      log.info('slow reader closed');
    },
    droppedInRoom: (priority) => metrics.roomDrops.inc({ priority }),
    repaired: (entries) => metrics.repaired.inc(entries),
    turnedAway(status) {
      metrics.turnedAway.inc({ status });
      log.debug('socket refused', { status });
    },
    originRefused: (origin) =>
      log.warn('socket of a page refused: its origin is not in allowedOrigins', { origin }),
    pageFailed: (error) => failed('page failed', 'http', error),
    busFailed: (error) => failed('bus failed', 'bus', error),
    executed(type, outcome, ms) {
      metrics.store.add(ms / 1000);
      if (!outcome.ok || type !== 'message.send') return;
      if (isDuplicate(outcome.reply)) metrics.duplicates.inc();
      else metrics.appended.add(1);
    },
    executionUnknown(type, error) {
      metrics.storeUnknown.inc();
      log.warn('the store could not say what became of a command', { command: type, error });
    },
    committed: (commands) => metrics.batches.add(commands),
  };
}

function isDuplicate(reply: unknown): boolean {
  return typeof reply === 'object' && reply !== null && 'duplicate' in reply && reply.duplicate === true;
}
