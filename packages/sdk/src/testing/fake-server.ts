import {
  commands,
  pushes,
  type CommandName,
  type PushName,
  type ReplyOf,
  type RequestOf,
} from '@sterna/protocol';
import type { VirtualClock } from '../platform/fake.ts';
import type { Socket, SocketHandlers } from '../platform/platform.ts';
import type { FakeSession } from './fake-logs.ts';
import { createFakeStore, type FakeStore } from './fake-store.ts';

/**
 * A server in the test's own process, honest about the rules and as hostile on the wire as a test asks.
 *
 * How to write a scenario without touching this file:
 *
 *     const server = createFakeServer(clock, random);
 *     const platform = createFakePlatform({ …clock, random, openSocket: server.network('phone').openSocket });
 *     server.store.say('bob', 'alice', 'hello');          // another user's device did something
 *     server.wire.reorder = 0.3;                          // pushes overtake one another from now on
 *     server.wire.pageSize = 1;                           // every sync and history page holds one event
 *     server.refuseNext('message.send', 91000);           // the next request of this name is refused
 *     server.hold('message.send');                        // requests of this name are never answered
 *     server.network('phone').cut();                      // the connection breaks; the server does not know
 *     server.network('phone').reachable = false;          // and no new one can be made
 *
 * Both directions are checked with the protocol's schemas: a request that the real gateway would refuse, or an answer
 * that it would never give, fails the test with the path of the wrong field. `server.log` has every request by name.
 */
export interface FakeServer {
  readonly store: FakeStore;
  /** What the wire does to what it carries. Probabilities from 0 to 1. */
  readonly wire: { latencyMs: number; reorder: number; duplicate: number; lose: number; pageSize: number };
  readonly log: { name: string; body: unknown }[];
  /** The network of one device. */
  network(device: string): FakeNetwork;
  refuseNext(name: CommandName, code: number, data?: unknown): void;
  hold(name: CommandName): void;
  release(name: CommandName): void;
  /** Closes every socket with this code. */
  closeAll(code: number): void;
  push(session: FakeSession, name: PushName, body: unknown): void;
  /** The most sockets that one device ever had at once. */
  readonly mostSockets: number;
}

export interface FakeNetwork {
  reachable: boolean;
  readonly sockets: number;
  /** Sockets that this device has asked for. */
  readonly attempts: number;
  /** The connection breaks; with `silent` not even the device is told. */
  cut(silent?: 'silent'): void;
  openSocket(url: string, handlers: SocketHandlers): Socket;
}

/** Every so often the server says where each log stands, so that a lost last push is noticed. */
const SWEEP_MS = 5_000;

interface Line {
  handlers: SocketHandlers;
  network: FakeNetwork & { lines: Set<Line> };
  session: FakeSession | undefined;
  /** Neither side has closed it. */
  isOpen: boolean;
  /** Nothing passes any more, though nobody has been told. */
  isDead: boolean;
  /** It broke: what was under way is lost. A close lets it arrive. */
  isBroken: boolean;
}

class Refusal extends Error {
  readonly code: number;
  readonly data: unknown;
  constructor(code: number, data?: unknown) {
    super(`refused with ${code}`);
    this.code = code;
    this.data = data;
  }
}

export function createFakeServer(clock: VirtualClock, random: () => number): FakeServer {
  const wire = { latencyMs: 10, reorder: 0, duplicate: 0, lose: 0, pageSize: 200 };
  const networks = new Map<string, FakeNetwork & { lines: Set<Line> }>();
  const lines = new Set<Line>();
  const log: FakeServer['log'] = [];
  const refusals: { name: CommandName; code: number; data: unknown }[] = [];
  const held = new Set<CommandName>();
  let mostSockets = 0;
  let sweeping = false;

  const store = createFakeStore({
    nowMs: clock.nowMs,
    pageSize: () => wire.pageSize,
    refuse: (code, data) => new Refusal(code, data),
    push: (session, name, body) => push(session, name, body),
  });

  const lineOf = (session: FakeSession): Line | undefined =>
    [...lines].find((line) => line.session === session);

  /** What is sent arrives in order, except pushes that the wire loses, doubles or delays. */
  function deliver(line: Line, item: unknown[], extraMs = 0): void {
    const text = JSON.stringify([item]);
    clock.setTimer(wire.latencyMs + extraMs, () => {
      if (line.isOpen && !line.isDead) line.handlers.onText(text);
    });
  }

  function push(session: FakeSession, name: PushName, body: unknown): void {
    const line = lineOf(session);
    if (!line) return;
    check(`the push ${name}`, pushes[name], body);
    const isLog = name === 'conversation' || name === 'inbox';
    if (isLog && random() < wire.lose) return;
    const late = (): number => (isLog && random() < wire.reorder ? random() * 2_000 : 0);
    deliver(line, [2, name, body], late());
    if (isLog && random() < wire.duplicate) deliver(line, [2, name, body], late());
  }

  function sweep(): void {
    if (sweeping) return;
    sweeping = true;
    clock.setTimer(SWEEP_MS, () => {
      sweeping = false;
      for (const { session } of lines) if (session) store.stand(session);
      if (lines.size > 0) sweep();
    });
  }

  function receive(line: Line, text: string): void {
    const [id, name, body] = JSON.parse(text) as [number, CommandName, unknown];
    const command = commands.get(name);
    if (!command) throw new Error(`the SDK sent ${name}, which is no command`);
    check(`the request ${name}`, command.request, body);
    log.push({ name, body });
    if (held.has(name)) return;
    try {
      const reply = answer(line, name, body);
      check(`the reply to ${name}`, command.reply, reply);
      deliver(line, [0, id, reply]);
      if (name === 'session.logout') close(line, 4505);
      if (name === 'session.login') sweep();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      deliver(line, [1, id, error.code, error.message, ...(error.data === undefined ? [] : [error.data])]);
      if (name === 'session.login') close(line, [10002, 91000].includes(error.code) ? 4004 : 4501);
    }
  }

  function answer(line: Line, name: CommandName, body: unknown): unknown {
    const planned = refusals.findIndex((refusal) => refusal.name === name);
    if (planned >= 0) {
      const [{ code, data } = { code: 0, data: undefined }] = refusals.splice(planned, 1);
      throw new Refusal(code, data);
    }
    if (name === 'session.login') {
      const { session, reply, evicted } = store.login(body as RequestOf<'session.login'>);
      line.session = session;
      for (const [ended, type] of evicted) {
        push(ended, 'kicked', { type });
        const loser = lineOf(ended);
        if (loser) close(loser, 4502);
      }
      return reply satisfies ReplyOf<'session.login'>;
    }
    if (name === 'session.ping') return { timeMs: clock.nowMs() };
    if (!line.session) throw new Refusal(2024);
    return store.run(line.session, name, body);
  }

  function close(line: Line, code: number): void {
    line.session = undefined;
    clock.setTimer(wire.latencyMs, () => end(line, () => line.handlers.onClose(code, '')));
  }

  function end(line: Line, tell: () => void): void {
    if (!line.isOpen) return;
    line.isOpen = false;
    lines.delete(line);
    line.network.lines.delete(line);
    if (!line.isDead) tell();
  }

  function createNetwork(): FakeNetwork & { lines: Set<Line> } {
    const mine = new Set<Line>();
    let attempts = 0;
    const network = {
      lines: mine,
      reachable: true,
      get sockets() {
        return mine.size;
      },
      get attempts() {
        return attempts;
      },
      cut(silent?: 'silent') {
        for (const line of [...mine]) {
          if (silent) {
            line.isDead = true;
            lines.delete(line);
          } else {
            line.isBroken = true;
            clock.setTimer(0, () => end(line, () => line.handlers.onClose(1006, '')));
          }
        }
      },
      openSocket(_url: string, handlers: SocketHandlers): Socket {
        const line: Line = {
          handlers,
          network,
          session: undefined,
          isOpen: true,
          isDead: false,
          isBroken: false,
        };
        attempts += 1;
        mine.add(line);
        lines.add(line);
        mostSockets = Math.max(mostSockets, mine.size);
        clock.setTimer(wire.latencyMs, () => {
          if (!line.isOpen) return;
          if (network.reachable) line.handlers.onOpen();
          else end(line, () => handlers.onClose(1006, ''));
        });
        return {
          send(text) {
            clock.setTimer(wire.latencyMs, () => {
              if (!line.isBroken && !line.isDead && network.reachable) receive(line, text);
            });
          },
          close: () => end(line, () => undefined),
        };
      },
    };
    return network;
  }

  return {
    store,
    wire,
    log,
    network(device) {
      let network = networks.get(device);
      if (!network) networks.set(device, (network = createNetwork()));
      return network;
    },
    refuseNext: (name, code, data) => void refusals.push({ name, code, data }),
    hold: (name) => void held.add(name),
    release: (name) => void held.delete(name),
    closeAll(code) {
      for (const line of [...lines]) close(line, code);
    },
    push,
    get mostSockets() {
      return mostSockets;
    },
  };
}

interface Schema {
  readonly '~standard': { validate(value: unknown): unknown };
}

function check(what: string, schema: Schema, value: unknown): void {
  const result = schema['~standard'].validate(JSON.parse(JSON.stringify(value)));
  const issues: unknown =
    typeof result === 'object' && result !== null ? Reflect.get(result, 'issues') : undefined;
  if (issues)
    throw new Error(
      `${what} is not of the protocol: ${JSON.stringify(issues).slice(0, 600)} in ${JSON.stringify(value).slice(0, 300)}`,
    );
}
