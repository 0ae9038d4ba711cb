import { once } from 'node:events';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import type { GatewaySocket } from '../../gateway/socket.ts';
import { createOriginRule } from '../../http/origin.ts';
import { type AdmissionLimits, createAdmission } from '../../limiting/admission.ts';
import { createClientAddress } from '../client-address.ts';
import { type HttpListener, listen } from '../http-listener.ts';
import { systemClock } from '../system-clock.ts';
import { createUpgrades, type Upgrades } from '../ws-upgrade.ts';

/** The gateway's side of one socket, with what it heard. */
export interface Accepted {
  socket: GatewaySocket;
  messages: string[];
  closed: Promise<void>;
}

/** A listener with a gateway that a test plays. Ends with the block it is made in. */
export interface World extends AsyncDisposable {
  listener: HttpListener;
  upgrades: Upgrades;
  accepted: Accepted[];
  turnedAway: number[];
  failures: unknown[];
  admission: ReturnType<typeof createAdmission>;
  onMessage: (client: Accepted, text: string) => void;
}

export async function openWorld(
  options: { limits?: Partial<AdmissionLimits>; origins?: string[]; proxies?: string[] } = {},
): Promise<World> {
  const limits = {
    connections: 100,
    strangers: 100,
    strangersPerAddress: 100,
    connectsPerSecond: 100,
    ...options.limits,
  };
  const world: Omit<World, 'listener' | 'upgrades' | keyof AsyncDisposable> = {
    accepted: [],
    turnedAway: [],
    failures: [],
    admission: createAdmission(limits, systemClock),
    onMessage: () => undefined,
  };
  const upgrades = createUpgrades({
    accept(socket) {
      const ended = Promise.withResolvers<void>();
      const client: Accepted = { socket, messages: [], closed: ended.promise };
      world.accepted.push(client);
      return {
        onMessage(text) {
          client.messages.push(text);
          world.onMessage(client, text);
        },
        onClose: () => ended.resolve(),
      };
    },
    isOriginAllowed: createOriginRule(options.origins ?? []),
    admission: world.admission,
    addressOf: createClientAddress(options.proxies ?? []),
    turnedAway: (status) => world.turnedAway.push(status),
    failed: (error) => world.failures.push(error),
  });
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    connections: 1000,
    onRequest: (_, response) => response.end('page'),
    onUpgrade: (request, socket, head) => upgrades.handle(request, socket, head),
  });
  return Object.assign(world, {
    upgrades,
    listener,
    async [Symbol.asyncDispose]() {
      upgrades.terminate();
      await listener.close();
    },
  });
}

/** Where something listens, be it a world or a whole server. */
type Listening = { listener: { port: number } };

const urlOf = ({ listener }: Listening, path = '/ws') => `ws://127.0.0.1:${listener.port}${path}`;

/** Opens a socket of the `ws` client and waits until the gateway has its side. */
export async function connect(
  world: World,
  options: { path?: string; headers?: Record<string, string> } = {},
) {
  const client = new WebSocket(urlOf(world, options.path), {
    headers: options.headers ?? {},
    perMessageDeflate: true,
  });
  const frames: string[] = [];
  client.on('message', (data) => frames.push((data as Buffer).toString()));
  const before = world.accepted.length;
  await once(client, 'open');
  await expect.poll(() => world.accepted.length).toBe(before + 1);
  return { client, frames, server: world.accepted[before] as Accepted };
}

/** The HTTP status that an upgrade is refused with, or 101. */
export function statusOf(
  world: Listening,
  options: { path?: string; headers?: Record<string, string> } = {},
): Promise<number> {
  const client = new WebSocket(urlOf(world, options.path), options);
  return new Promise((resolve, reject) => {
    client.once('unexpected-response', (_, response) => {
      resolve(response.statusCode ?? 0);
      client.terminate();
    });
    client.once('open', () => {
      resolve(101);
      client.terminate();
    });
    client.on('error', (error) => {
      if (!/Opening handshake|closed before/.test(error.message)) reject(error);
    });
  });
}
