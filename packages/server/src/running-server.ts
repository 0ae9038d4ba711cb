import type { Clock } from '@sterna/core';
import type { AppTable } from './app-table.ts';
import type { Settings } from './config/settings.ts';
import type { Gateway } from './gateway/gateway.ts';
import type { Readiness } from './health.ts';
import type { Log } from './logger.ts';

/** A server whose ports are open. */
export interface RunningServer {
  readonly mode: Settings['mode'];
  /** Where a browser finds the chat app. */
  readonly url: string;
  readonly port: number;
  /** Where files go, when there is an object service. */
  readonly objectsURL: string | undefined;
  readonly apps: AppTable['apps'];
  /** Lets open requests end, sends clients away, and lets go of everything. Calling it again waits for the same end. */
  stop(): Promise<void>;
}

/** Clients that do not answer the close frame within this are cut off. */
const GOODBYE_MS = 1000;
const GOODBYE_STEP_MS = 20;

interface Parts {
  settings: Settings;
  apps: AppTable;
  objectsURL: string | undefined;
  log: Log;
  clock: Clock;
  gateway: Gateway;
  readiness: Readiness;
  /** Sockets whose TCP connection is still there. */
  admission: { readonly connections: number };
  upgrades: { stop(): void; terminate(): void };
  listener: { host: string; port: number; stopAccepting(): void };
  parts: AsyncDisposable;
}

export function runningServer(server: Parts): RunningServer {
  const { settings, log, listener } = server;
  let stopped: Promise<void> | undefined;
  return {
    mode: settings.mode,
    url: `http://${hostName(listener.host)}:${listener.port}/`,
    port: listener.port,
    objectsURL: server.objectsURL,
    apps: server.apps.apps,
    stop() {
      stopped ??= stop(server).then(() => log.info('stopped'));
      return stopped;
    },
  };
}

async function stop(server: Parts): Promise<void> {
  const { settings, log, gateway, readiness, upgrades, listener } = server;
  log.info('stopping', { count: gateway.connections });
  readiness.drain();
  upgrades.stop();
  listener.stopAccepting();
  await gateway.drain(settings.drainSeconds * 1000);
  await saidGoodbye(server);
  upgrades.terminate();
  await server.parts[Symbol.asyncDispose]();
}

async function saidGoodbye({ admission, clock }: Parts): Promise<void> {
  const endMs = clock.monotonicMs() + GOODBYE_MS;
  while (admission.connections > 0 && clock.monotonicMs() < endMs) {
    await new Promise<void>((resolve) => void clock.after(GOODBYE_STEP_MS, resolve));
  }
}

/** What a person types: an address that means "every interface" is reached on this machine by name. */
function hostName(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
