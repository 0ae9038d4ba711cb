import type { Cancel, Platform, Socket, SocketHandlers } from './platform.ts';

/** The world of a test or a simulation: one clock, one network and one source of chance for all its devices. */
export interface FakeWorld {
  nowMs(): number;
  /** Without it, `nowMs` serves: give it where a device's wall clock is wrong. */
  monotonicMs?(): number;
  setTimer(ms: number, run: () => void): Cancel;
  random(): number;
  openSocket(url: string, handlers: SocketHandlers): Socket;
}

export interface FakePlatform extends Platform {
  /** What the device says of its network; the sockets know nothing of it. */
  setOnline(online: boolean): void;
  setForeground(foreground: boolean): void;
  /** Listeners that the SDK has left here: 0 after a logout. */
  listeners(): number;
}

/** A device in a {@link FakeWorld}. */
export function createFakePlatform(world: FakeWorld, serverURL = 'ws://sterna.test'): FakePlatform {
  const network = new Set<(online: boolean) => void>();
  const foreground = new Set<(foreground: boolean) => void>();
  return {
    name: 'web',
    openSocket: (url, handlers) => world.openSocket(url, handlers),
    nowMs: () => world.nowMs(),
    monotonicMs: () => (world.monotonicMs ? world.monotonicMs() : world.nowMs()),
    setTimer: (ms, run) => world.setTimer(ms, run),
    random: () => world.random(),
    onNetworkChange: (listener) => added(network, listener),
    onForegroundChange: (listener) => added(foreground, listener),
    defaultServerURL: () => serverURL || undefined,
    setOnline: (online) => tell(network, online),
    setForeground: (visible) => tell(foreground, visible),
    listeners: () => network.size + foreground.size,
  };
}

function added<Value>(listeners: Set<Value>, listener: Value): Cancel {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function tell(listeners: ReadonlySet<(value: boolean) => void>, value: boolean): void {
  for (const listener of [...listeners]) listener(value);
}

/** A clock that stands still until it is told to move; timers run in the order of their due time. */
export interface VirtualClock {
  nowMs(): number;
  setTimer(ms: number, run: () => void): Cancel;
  /** Timers that are waiting. */
  pending(): number;
  /** When the next one is due. */
  nextDueMs(): number | undefined;
  /** Moves to `timeMs` and runs one timer that is due by then; false when there is none. */
  runOne(timeMs: number): boolean;
}

export function createVirtualClock(startMs = 1_700_000_000_000): VirtualClock {
  let now = startMs;
  let made = 0;
  const timers = new Map<number, { dueMs: number; run: () => void }>();
  const first = (): [number, { dueMs: number; run: () => void }] | undefined => {
    let best: [number, { dueMs: number; run: () => void }] | undefined;
    for (const entry of timers) if (!best || entry[1].dueMs < best[1].dueMs) best = entry;
    return best;
  };
  return {
    nowMs: () => now,
    setTimer(ms, run) {
      const id = ++made;
      timers.set(id, { dueMs: now + Math.ceil(Math.max(0, ms)), run });
      return () => void timers.delete(id);
    },
    pending: () => timers.size,
    nextDueMs: () => first()?.[1].dueMs,
    runOne(timeMs) {
      const entry = first();
      if (!entry || entry[1].dueMs > timeMs) {
        now = Math.max(now, timeMs);
        return false;
      }
      timers.delete(entry[0]);
      now = Math.max(now, entry[1].dueMs);
      entry[1].run();
      return true;
    },
  };
}
