import {
  type Bus,
  type Clock,
  type Notice,
  noHooks,
  ROOM_DEFAULTS,
  type RoomSettings,
  type Store,
} from '@sterna/core';
import { createFakeClock, createMemoryStore, createSeededRandom } from '@sterna/core/testing';
import type { ReplyOf } from '@sterna/protocol';
import type { GatewayDeps } from '../deps.ts';
import { createGateway } from '../gateway.ts';

/** A gateway on the in-memory store, with sockets that are lists of what was sent: for the gateway's own tests. */
export function createWorld(
  options: {
    instances?: { web: number; other: number };
    /** Puts something between the gateway and its store. Failures are part of the test then: see `failures`. */
    store?: (store: Store) => Store;
    /** A node among others: on their bus, in real time. */
    node?: { bus: Bus; clock: Clock; seed: number };
    rooms?: Partial<RoomSettings>;
    guests?: number;
  } = {},
) {
  const clock = createFakeClock();
  const random = createSeededRandom(options.node?.seed ?? 1);
  const time = options.node?.clock ?? clock;
  const memory = createMemoryStore({ clock, random });
  const store = options.store?.(memory) ?? memory;
  const bus = createTestBus();
  const noop = () => undefined;
  const failures: unknown[] = [];
  const dropped: string[] = [];
  const deps: GatewayDeps = {
    store,
    bus: options.node?.bus ?? bus,
    clock: time,
    random,
    hooks: noHooks,
    settings: () => ({
      loginPolicy: { mode: 'dual', instances: options.instances ?? { web: 1, other: 1 } },
      profileCustomFields: [],
      recallWindowMs: 120_000,
      rooms: { ...ROOM_DEFAULTS, ...options.rooms },
    }),
    authenticate: () => ({ ok: true, madeS: 0, expiresMs: time.nowMs() + 86_400_000 }),
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
      droppedInRoom: (priority) => dropped.push(priority),
      repaired: noop,
    },
    limits: { requestsPerSecond: 1000, requestBurst: 1000, guests: options.guests ?? 100 },
  };
  const gateway = createGateway(deps);

  const settle = async () => {
    for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve));
    if (options.store === undefined && failures.length > 0) throw failures[0];
  };

  const connect = () => {
    const client = createClient();
    const handlers = gateway.accept(client.socket);
    return client.attach(handlers, settle);
  };

  return {
    bus,
    store,
    memory,
    gateway,
    settle,
    connect,
    /** What the gateway could not help. */
    failures,
    /** Priorities of what live rooms did not carry. */
    dropped,
    async pass(ms: number) {
      await clock.advance(ms);
      await settle();
    },
    async login(userID: string, instanceID = 'web', more: object = {}) {
      const client = connect();
      const loginRequest = {
        SDKAppID: 1,
        userID,
        userSig: 'sig',
        instanceID,
        platform: 'web',
        protocol: 1,
        ...more,
      };
      const reply = (await client.request('session.login', loginRequest)) as ReplyOf<'session.login'>;
      return Object.assign(client, { reply, loginRequest });
    },
  };
}

function createTestBus() {
  const receivers = new Map<string, Set<(notice: Notice) => void>>();
  const bus: Bus & { losing: boolean; losingFor: string | undefined; subscribed: string[] } = {
    isAlone: true,
    losing: false,
    losingFor: undefined,
    subscribed: [],
    publish(subject, notice) {
      if (bus.losing || bus.losingFor === subject) return;
      for (const receive of receivers.get(subject) ?? []) receive(notice);
    },
    async subscribe(subject, receive) {
      bus.subscribed.push(subject);
      const all = receivers.get(subject) ?? new Set();
      receivers.set(subject, all.add(receive));
      return () => void all.delete(receive);
    },
    close: async () => undefined,
  };
  return bus;
}

interface Range {
  conversationID: string;
  events: [number, { t: string; elements?: { type: string; payload: { text?: string } }[] }][];
}

function createClient() {
  const items: unknown[][] = [];
  const waiting = new Map<number, { resolve(reply: unknown): void; reject(error: unknown): void }>();
  let closed: number | undefined;
  let queuedBytes = 0;
  let nextID = 1;
  const socket = {
    send(item: string) {
      if (closed !== undefined) return;
      const parsed = JSON.parse(item) as unknown[];
      const [kind, id, ...rest] = parsed;
      const request = kind === 2 ? undefined : waiting.get(Number(id));
      if (request === undefined) items.push(parsed);
      else if (kind === 0) request.resolve(rest[0]);
      else request.reject({ code: rest[0], message: rest[1], data: rest[2] });
    },
    queuedBytes: () => queuedBytes,
    close(code: number) {
      closed ??= code;
    },
    remoteAddress: '127.0.0.1',
  };
  return {
    socket,
    attach(handlers: { onMessage(text: string): void; onClose(): void }, settle: () => Promise<void>) {
      const pushes = (name: string) =>
        items.filter(([kind, what]) => kind === 2 && what === name).map(([, , body]) => body);
      const events = (conversationID: string) =>
        (pushes('conversation') as Range[])
          .filter((range) => range.conversationID === conversationID)
          .flatMap((range) => range.events);
      return {
        items,
        pushes,
        events,
        texts: (conversationID: string) =>
          events(conversationID).flatMap(
            ([, event]) => event.elements?.flatMap(({ payload }) => payload.text ?? []) ?? [],
          ),
        refusals: (id: number) => items.filter(([kind, of]) => kind === 1 && of === id),
        get closed() {
          return closed;
        },
        /** So much waits for it. */
        set queuedBytes(bytes: number) {
          queuedBytes = bytes;
        },
        raw: (frame: string) => handlers.onMessage(frame),
        drop: () => handlers.onClose(),
        request(name: string, body: unknown): Promise<unknown> {
          const id = nextID++;
          const reply = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
          handlers.onMessage(JSON.stringify([id, name, body]));
          void settle();
          return reply;
        },
      };
    },
  };
}
