import { noHooks, type Bus, type Notice } from '@sterna/core';
import {
  createFakeClock,
  createMemoryStore,
  createSeededRandom,
  type FakeClock,
  type SeededRandom,
} from '@sterna/core/testing';
import { createGateway, type Gateway, type GatewayDeps } from '@sterna/server/gateway';
import type { HostNetwork, HostTime, Line, LineEvents } from '../host/ports.ts';

/** A device's network. `lost` refuses connections and breaks those there are; `hole` swallows all without a word. */
export interface ModelNetwork extends HostNetwork {
  set(mode: 'up' | 'lost' | 'hole'): void;
  readonly mode: 'up' | 'lost' | 'hole';
}

/** The real gateway on the store in memory, on a clock that moves when told. */
export interface World {
  readonly clock: FakeClock;
  readonly time: HostTime;
  readonly random: SeededRandom;
  network(): ModelNetwork;
  pass(ms: number): Promise<void>;
}

export function createWorld(seed: number): World {
  const clock = createFakeClock();
  const random = createSeededRandom(seed);
  const failures: unknown[] = [];
  const noop = (): void => undefined;
  const deps: GatewayDeps = {
    store: createMemoryStore({ clock, random: random.fork() }),
    bus: createBus(),
    clock,
    random: random.fork(),
    hooks: noHooks,
    settings: () => ({
      loginPolicy: { mode: 'dual', instances: { web: 1, other: 1 } },
      profileCustomFields: [],
      recallWindowMs: 120_000,
    }),
    authenticate: () => ({ ok: true, madeS: 0, expiresMs: clock.nowMs() + 86_400_000 }),
    events: {
      connected: noop,
      disconnected: noop,
      loggedIn: noop,
      loginRefused: noop,
      answered: noop,
      refused: noop,
      failed: (_, error) => failures.push(error),
      pushed: noop,
      kicked: noop,
      slowReader: noop,
      droppedInRoom: noop,
      repaired: noop,
    },
    limits: { requestsPerSecond: 1000, requestBurst: 1000, guests: 100 },
  };
  const gateway = createGateway(deps);
  return {
    clock,
    random,
    time: { nowMs: clock.nowMs, after: clock.after },
    network: () => createNetwork(clock, random.fork(), gateway),
    async pass(ms) {
      await clock.advance(ms);
      if (failures.length > 0) throw failures[0];
    },
  };
}

function createNetwork(clock: FakeClock, random: SeededRandom, gateway: Gateway): ModelNetwork {
  let mode: ModelNetwork['mode'] = 'up';
  const lines = new Set<ModelLine>();
  return {
    get mode() {
      return mode;
    },
    set(next) {
      mode = next;
      if (mode === 'lost') for (const line of [...lines]) line.break();
      if (mode === 'hole') for (const line of [...lines]) line.swallow();
    },
    connect(_url, events) {
      const line = createLine({
        clock,
        latencyMs: 5 + random.below(120),
        events,
        gateway,
        gone: () => lines.delete(line),
      });
      lines.add(line);
      if (mode === 'up') line.open();
      else if (mode === 'lost') line.break();
      else line.swallow();
      return line;
    },
  };
}

interface ModelLine extends Line {
  open(): void;
  break(): void;
  /** Nothing passes any more, in either direction, and nobody is told. */
  swallow(): void;
}

interface LineParts {
  clock: FakeClock;
  latencyMs: number;
  events: LineEvents;
  gateway: Gateway;
  gone(): void;
}

/** How long the server takes to notice a peer that vanished; a real one has its idle timeout besides. */
const SERVER_NOTICES_MS = 40_000;

function createLine({ clock, latencyMs, events, gateway, gone }: LineParts): ModelLine {
  let isOver = false;
  let isDead = false;
  let server: ReturnType<Gateway['accept']> | undefined;
  const later = (run: () => void): void => {
    clock.after(latencyMs, () => {
      if (!isOver && !isDead) run();
    });
  };
  const end = (noticedMs: number): void => {
    if (isOver) return;
    isOver = true;
    gone();
    clock.after(noticedMs, () => server?.onClose());
  };
  return {
    open: () =>
      later(() => {
        server = gateway.accept({
          send: (item) => later(() => events.text(`[${item}]`)),
          queuedBytes: () => 0,
          close: (code, reason) =>
            later(() => {
              end(latencyMs);
              events.closed(code, reason);
            }),
          remoteAddress: '127.0.0.1',
        });
        // One more way for the handshake's answer.
        later(events.opened);
      }),
    send: (text) => later(() => server?.onMessage(text)),
    // What was sent before a close still arrives.
    close: () => void clock.after(0, () => end(isDead ? SERVER_NOTICES_MS : latencyMs)),
    cut: () => end(SERVER_NOTICES_MS),
    break: () =>
      void clock.after(latencyMs, () => {
        if (isOver) return;
        end(SERVER_NOTICES_MS);
        events.closed(1006, 'network is down');
      }),
    swallow: () => void (isDead = true),
  };
}

function createBus(): Bus {
  const receivers = new Map<string, Set<(notice: Notice) => void>>();
  return {
    publish(subject, notice) {
      for (const receive of receivers.get(subject) ?? []) receive(notice);
    },
    async subscribe(subject, receive) {
      const all = receivers.get(subject) ?? new Set();
      receivers.set(subject, all.add(receive));
      return () => void all.delete(receive);
    },
    close: async () => undefined,
  };
}
