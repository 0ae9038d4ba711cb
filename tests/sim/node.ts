import { type Bus, noHooks, type Store } from '@sterna/core';
import { createGateway, type GatewaySocket } from '@sterna/server/gateway';
import type { AppSettings } from '@sterna/core';
import { createClock, type SteppingClock } from './clocks.ts';
import type { Connection, ServerHandlers } from './connection.ts';
import { Host } from './host.ts';
import type { Simulation } from './simulation.ts';

/** The one app of the simulated service. */
export const APP = 1_400_000_001;

/** A UserSig is valid for so long: beyond the end of every run. */
const SIG_VALID_MS = 30 * 24 * 3600 * 1000;

export interface NodeParts {
  simulation: Simulation;
  name: string;
  store(host: Host): Store;
  bus(host: Host): Bus;
  settings: AppSettings;
  clockOffMs: number;
  /** What becomes of an item on its way to a socket. */
  item?(item: string): string;
  /** What the gateway says of itself, for the run's markers. */
  told(event: 'repaired' | 'slowReader' | 'kicked' | 'failed', detail: string): void;
}

/** One life of a gateway process: a crash ends it, and a restart makes another. */
export interface Node {
  readonly host: Host;
  readonly clock: SteppingClock;
  accept(connection: Connection): ServerHandlers;
}

export function startNode({
  simulation,
  name,
  store,
  bus,
  settings,
  clockOffMs,
  told,
  item,
}: NodeParts): Node {
  const host = new Host(simulation, name);
  const clock = createClock(simulation, host, clockOffMs);
  const silent = () => undefined;
  const gateway = createGateway({
    store: store(host),
    bus: bus(host),
    clock,
    random: simulation.random.fork(),
    hooks: noHooks,
    settings: () => settings,
    authenticate: () => ({ ok: true, madeS: 0, expiresMs: clock.nowMs() + SIG_VALID_MS }),
    events: {
      connected: silent,
      disconnected: silent,
      loggedIn: silent,
      loginRefused: silent,
      answered: silent,
      refused: silent,
      failed: (command, error) =>
        told('failed', `${command}: ${error instanceof Error ? error.message : String(error)}`),
      pushed: silent,
      kicked: (type) => told('kicked', type),
      slowReader: () => told('slowReader', ''),
      droppedInRoom: silent,
      repaired: (entries) => told('repaired', String(entries)),
    },
    limits: { requestsPerSecond: 1_000, requestBurst: 1_000, guests: 100 },
  });
  return { host, clock, accept: (connection) => gateway.accept(socketOf(connection, item)) };
}

function socketOf(connection: Connection, change: (item: string) => string = (item) => item): GatewaySocket {
  return {
    send: (item) => connection.serverSend(change(item)),
    queuedBytes: () => connection.serverQueuedBytes,
    close: (code, reason) => connection.serverClose(code, reason),
    remoteAddress: '127.0.0.1',
  };
}
