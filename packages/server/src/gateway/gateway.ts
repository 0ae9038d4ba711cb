import { CLOSE, LIMITS } from '@sterna/protocol';
import { createAlarm } from './alarm.ts';
import { type Connection, createConnection } from './connection.ts';
import type { GatewayDeps } from './deps.ts';
import { createHubs } from './hubs.ts';
import type { GatewaySocket, SocketHandlers } from './socket.ts';
import { createSweep } from './sweep.ts';

/** The sessions of one node. */
export interface Gateway {
  /** Takes a socket that has been opened, and says who handles its input. */
  accept(socket: GatewaySocket): SocketHandlers;
  /** Takes no more requests, and tells every client to come back elsewhere once its open ones are answered or `deadlineMs` has passed. */
  drain(deadlineMs: number): Promise<void>;
  readonly connections: number;
  readonly users: number;
}

/** How often silent sockets are looked for, and draining looks whether it is done. */
const DRAIN_STEP_MS = 50;

export function createGateway(deps: GatewayDeps): Gateway {
  const connections = new Set<Connection>();
  const hubs = createHubs(deps, () => sweep.watch());
  const served = { ...deps, presence: hubs.presence, rooms: hubs.rooms };
  const sweep = createSweep(deps, hubs, {
    isIdle: () => connections.size === 0,
    closeAll() {
      for (const connection of connections) connection.close(CLOSE.goingAway, 'the store was restored');
    },
  });
  const alarm = createAlarm(deps);
  let stopHeartbeat: (() => void) | undefined;
  let draining = false;

  /** One timer for all sockets: it asks the silent for a sign of life, and closes those that give none. */
  function heartbeat(): void {
    stopHeartbeat = deps.clock.after(LIMITS.heartbeatMs, () => {
      stopHeartbeat = undefined;
      const nowMs = deps.clock.monotonicMs();
      for (const connection of connections) {
        const silentMs = nowMs - connection.heardMs;
        if (silentMs >= LIMITS.idleMs) connection.close(CLOSE.idle, 'no sign of life');
        else if (silentMs >= LIMITS.heartbeatMs) connection.ping();
      }
      if (connections.size > 0) heartbeat();
    });
  }

  function accept(socket: GatewaySocket): SocketHandlers {
    const connection = createConnection(served, hubs, socket, () => {
      connections.delete(connection);
      deps.events.disconnected();
    });
    connections.add(connection);
    deps.events.connected();
    if (draining) connection.close(CLOSE.goingAway, 'the server is stopping');
    else if (stopHeartbeat === undefined) heartbeat();
    return connection;
  }

  async function drain(deadlineMs: number): Promise<void> {
    draining = true;
    // Else requests that wait for others to come back would be waited for.
    hubs.statuses.stop();
    for (const connection of connections) connection.drain();
    const endMs = deps.clock.monotonicMs() + deadlineMs;
    while (connections.size > 0 && deps.clock.monotonicMs() < endMs) {
      await new Promise<void>((resolve) => deps.clock.after(DRAIN_STEP_MS, resolve));
    }
    for (const connection of connections) connection.close(CLOSE.goingAway, 'the server is stopping');
    sweep.stop();
    alarm.stop();
    hubs.statuses.stop();
    stopHeartbeat?.();
  }

  return {
    accept,
    drain,
    get connections() {
      return connections.size;
    },
    get users() {
      return hubs.users;
    },
  };
}
