import {
  type AppSettings,
  type Language,
  type Bus,
  type Clock,
  createSearchFollower,
  ImError,
  noHooks,
  type Notice,
  type Objects,
  ROOM_DEFAULTS,
  type RoomSettings,
  type Store,
} from '@sterna/core';
import {
  createFakeClock,
  createMemorySearch,
  createMemoryStore,
  createSeededRandom,
  type FakeClock,
  type SeededRandom,
} from '@sterna/core/testing';
import type { ChatSDK } from '@sterna/sdk';
import { createGateway, type GatewayDeps } from '@sterna/server/gateway';
import {
  createFakePlatform,
  createInstance,
  type FakePlatform,
  type Socket,
  type SocketHandlers,
  type EngineModuleFactory,
} from '@sterna/sdk/testing';

/** What a device's SDK runs on: its user's hand on it, and what the SDK has left there. */
export type Host = Pick<FakePlatform, 'setOnline' | 'setForeground' | 'listeners'>;

/** What the world gives to a device that is made in it. */
export interface DeviceParts {
  clock: FakeClock;
  random: SeededRandom;
  openSocket(handlers: SocketHandlers): Socket;
  failed(text: string): void;
  domains?: readonly EngineModuleFactory[];
  useUploadPlugin?: boolean;
  offlineCache?: boolean;
}
export type MakeDevice = (parts: DeviceParts) => { tim: ChatSDK; platform: Host };

/** How devices are made: the sources on the fake platform, unless a project of tests sets up another host. */
export const hosts: { make: MakeDevice } = { make: makeOnFakePlatform };

function makeOnFakePlatform({ clock, random, openSocket, failed, ...options }: DeviceParts) {
  const platform = createFakePlatform({
    nowMs: clock.nowMs,
    monotonicMs: clock.monotonicMs,
    setTimer: clock.after,
    random: random.fraction,
    openSocket: (_url, handlers) => openSocket(handlers),
  });
  const log = (kind: string, text: string): void => {
    if (kind === 'error') failed(text);
  };
  return { platform, tim: createInstance(platform, 1, log, options) };
}

export interface Device {
  tim: ChatSDK;
  platform: Host;
  /** Sockets that the SDK has not closed and nobody has cut. */
  readonly sockets: number;
  /** Cuts the connection as a lift does: nobody is told but the device. */
  cut(): void;
  setReachable(reachable: boolean): void;
  /** Every event, in order. */
  readonly events: { name: string; data: unknown }[];
  /** Every frame that came, as it was on the wire. */
  readonly wire: readonly string[];
}

export interface World {
  clock: FakeClock;
  /** `domains` in place of the world's, for one that differs. */
  device(domains?: readonly EngineModuleFactory[]): Device;
  /** Lets `ms` pass. */
  pass(ms: number): Promise<void>;
  bus: { losing: boolean };
  /** The next reading of messages from the store comes as they were then, and late: when the returned function is called. */
  holdNextRead(): () => void;
  /** The server goes and another process begins where it was, of which nothing was in memory. */
  restart(): Promise<void>;
  /** The store comes back as another incarnation, with all that was in it: devices that log in again start anew. */
  renewStore(): void;
}

type Asked = Pick<DeviceParts, 'offlineCache' | 'useUploadPlugin'> & {
  domains: DeviceParts['domains'] | undefined;
};
function askedFor({ domains, offlineCache, useUploadPlugin }: Asked) {
  return {
    ...(domains && { domains }),
    ...(offlineCache && { offlineCache }),
    ...(useUploadPlugin && { useUploadPlugin }),
  };
}

export interface WorldOptions {
  webInstances?: number;
  domains?: readonly EngineModuleFactory[];
  objects?: Objects;
  rooms?: Partial<RoomSettings>;
  useUploadPlugin?: boolean;
  language?: Language;
  settings?: Partial<AppSettings>;
  offlineCache?: boolean;
  /** Everything can be searched. */
  search?: boolean;
}

/** The real gateway on the store in memory, and devices that run the real SDK, in one process and on one clock. */
export function createWorld(seed: number, options: WorldOptions = {}): World {
  const clock = createFakeClock();
  const random = createSeededRandom(seed);
  const bus = createBus();
  const failures: unknown[] = [];
  let isRenewed = false;
  const noop = (): void => undefined;
  const store = createMemoryStore({ clock, random: random.fork() });
  const reads = createSlowReads(store);
  const failed = (error: unknown): void => void failures.push(error);
  const search = options.search
    ? createSearchFollower({ store, index: createMemorySearch(), clock, failed }).caughtUp
    : undefined;
  const deps: GatewayDeps = {
    store: reads.store,
    ...(search && { search }),
    ...(options.language && { language: options.language }),
    bus,
    clock,
    random: random.fork(),
    hooks: noHooks,
    ...(options.objects && { objects: options.objects }),
    settings: () => ({
      loginPolicy: { mode: 'dual', instances: { web: options.webInstances ?? 1, other: 1 } },
      profileCustomFields: [],
      recallWindowMs: 120_000,
      ...options.settings,
      rooms: { ...ROOM_DEFAULTS, ...options.rooms },
    }),
    authenticate: () => ({ ok: true, madeS: 0, expiresMs: clock.nowMs() + 86_400_000 }),
    events: {
      connected: noop,
      disconnected: noop,
      loggedIn: noop,
      loginRefused: noop,
      answered: noop,
      refused: noop,
      failed(_, error) {
        // The sweep is told, too, that its place was in another incarnation.
        if (!(isRenewed && error instanceof ImError && error.reason === 'reset')) failures.push(error);
      },
      pushed: noop,
      kicked: noop,
      slowReader: noop,
      droppedInRoom: noop,
      repaired: noop,
    },
    limits: { requestsPerSecond: 1000, requestBurst: 1000, guests: 100 },
  };
  let gateway = createGateway(deps);

  function device(domains = options.domains): Device {
    const open = new Set<Wire>();
    let reachable = true;
    const frames: string[] = [];
    const { platform, tim } = hosts.make({
      clock,
      random: random.fork(),
      openSocket(handlers) {
        const heard = {
          ...handlers,
          onText(text: string) {
            frames.push(text);
            handlers.onText(text);
          },
        };
        const wire = createWire(clock, heard, () => open.delete(wire));
        open.add(wire);
        if (reachable) wire.connect((socket) => gateway.accept(socket));
        else wire.fail();
        return wire.client;
      },
      failed: (text) => failures.push(new Error(text)),
      ...askedFor({ ...options, domains }),
    });
    const events: Device['events'] = [];
    for (const name of NAMES) tim.on(name, ({ data }) => events.push({ name, data: structuredClone(data) }));
    return {
      tim,
      platform,
      events,
      wire: frames,
      get sockets() {
        return open.size;
      },
      cut() {
        for (const wire of [...open]) wire.fail();
      },
      setReachable(next) {
        reachable = next;
      },
    };
  }

  return {
    clock,
    device,
    bus,
    holdNextRead: reads.holdNext,
    async restart() {
      const gone = gateway.drain(0);
      gateway = createGateway(deps);
      await gone;
    },
    renewStore() {
      isRenewed = true;
      store.restore(store.snapshot());
    },
    async pass(ms) {
      await clock.advance(ms);
      if (failures.length > 0) throw failures[0];
    },
  };
}

function createSlowReads(store: Store): { store: Store; holdNext(): () => void } {
  let held: Promise<void> | undefined;
  const slow: Store = {
    ...store,
    get epoch() {
      return store.epoch;
    },
    async messages(range) {
      const until = held;
      held = undefined;
      const read = await store.messages(range);
      await until;
      return read;
    },
  };
  return {
    store: slow,
    holdNext() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
  };
}

const NAMES = [
  'sdkStateReady',
  'sdkStateNotReady',
  'onMessageReceived',
  'onMessageReadByPeer',
  'onMessageRevoked',
  'onMessageModified',
  'onMessageReadReceiptReceived',
  'onMessageExtensionsUpdated',
  'onMessageExtensionsDeleted',
  'onMessageReactionsUpdated',
  'onTotalUnreadMessageCountUpdated',
  'onConversationGroupListUpdated',
  'onConversationInGroupUpdated',
  'onAllReceiveMessageOptUpdated',
  'groupAttributesUpdated',
  'onGroupCounterUpdated',
  'onPinnedGroupMessageUpdated',
  'onConversationListUpdated',
  'onGroupListUpdated',
  'onTopicCreated',
  'onTopicUpdated',
  'onTopicDeleted',
  'receiveGroupSystemNotice',
  'onProfileUpdated',
  'blacklistUpdated',
  'onFriendListUpdated',
  'onFriendGroupListUpdated',
  'onFriendApplicationListUpdated',
  'onUserStatusUpdated',
  'onMyFollowingListUpdated',
  'onMyFollowersListUpdated',
  'onMutualFollowersListUpdated',
  'kickedOut',
  'netStateChange',
  'error',
  'sdkReload',
] as const;

interface Wire {
  client: Socket;
  connect(
    accept: (socket: Parameters<ReturnType<typeof createGateway>['accept']>[0]) => {
      onMessage(text: string): void;
      onClose(): void;
    },
  ): void;
  fail(): void;
}

const LATENCY_MS = 5;

function createWire(clock: Clock, handlers: SocketHandlers, gone: () => void): Wire {
  let isOver = false;
  let server: { onMessage(text: string): void; onClose(): void } | undefined;
  const later = (run: () => void): void => {
    clock.after(LATENCY_MS, () => {
      if (!isOver) run();
    });
  };
  const end = (tell: () => void): void => {
    if (isOver) return;
    isOver = true;
    gone();
    clock.after(LATENCY_MS, () => server?.onClose());
    tell();
  };
  return {
    connect(accept) {
      later(() => {
        server = accept({
          send: (item) => later(() => handlers.onText(`[${item}]`)),
          queuedBytes: () => 0,
          close: (code, reason) => later(() => end(() => handlers.onClose(code, reason))),
          remoteAddress: '127.0.0.1',
        });
        handlers.onOpen();
      });
    },
    client: {
      send: (text) => later(() => server?.onMessage(text)),
      close: () => end(() => undefined),
    },
    fail: () => void clock.after(0, () => end(() => handlers.onClose(1006, ''))),
  };
}

function createBus(): Bus & { losing: boolean } {
  const receivers = new Map<string, Set<(notice: Notice) => void>>();
  return {
    isAlone: true,
    losing: false,
    publish(subject, notice) {
      if (this.losing) return;
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
