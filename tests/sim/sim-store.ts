import {
  domainRules,
  type Command,
  type LogEntry,
  type LogEvent,
  type Outcome,
  type Rules,
  type Store,
  type Transaction,
} from '@sterna/core';
import { createMemoryStore, type MemoryStore, type SeededRandom } from '@sterna/core/testing';
import type { SteppingClock } from './clocks.ts';
import type { Host } from './host.ts';
import type { Simulation } from './simulation.ts';
import type { Faults } from './swarm.ts';

/** Commits that can be forgotten at most. */
const REMEMBERED = 5;

/** One command that took effect. */
export interface Commit {
  number: number;
  t: number;
  command: Command;
  reply: unknown;
  /** With what was said then: later it may be another thing. */
  appended: readonly Appended[];
  /** Who came into whose list of friends, and who went. */
  friends: readonly FriendChange[];
}

interface Appended {
  log: string;
  pos: number;
  event: LogEvent;
}

interface FriendChange {
  user: string;
  other: string;
  change: 'begin' | 'end';
}

/** How long the store's calls take, and what becomes of them. */
export interface StoreConditions {
  delayMs: number;
  slowMs: number;
  faults: Pick<Faults, 'commitFails' | 'commitUnknown' | 'storeLost' | 'storeSlow'>;
}

export interface SimStoreParts {
  simulation: Simulation;
  clock: SteppingClock;
  conditions: StoreConditions;
  rules?: Rules;
  /** Whether `forgetNewest` is to be possible: it takes time and room. */
  remember: boolean;
  committed(commit: Commit): void;
  refused(type: string, reason: string): void;
}

/**
 * The one store that all nodes share: the in-memory engine, seen by each node through a wire that may delay and lose answers.
 * Every commit is noted in its order, which the engine does not tell.
 */
export class SimStore {
  readonly engine: MemoryStore;
  /** The epoch that it began with. */
  readonly bornAs: string;
  readonly commits: Commit[] = [];
  conditions: StoreConditions;
  readonly #parts: SimStoreParts;
  /** The engine before each of the newest commits, where somebody may want to go back. */
  #before: ReturnType<MemoryStore['snapshot']>[] = [];
  readonly #simulation: Simulation;
  readonly #random: SeededRandom;

  constructor(parts: SimStoreParts) {
    const { simulation, clock, conditions, rules = domainRules } = parts;
    this.#parts = parts;
    this.#simulation = simulation;
    this.#random = simulation.random.fork();
    this.conditions = conditions;
    this.engine = createMemoryStore({
      clock,
      random: this.#random,
      rules: this.#watched(rules),
      fate: () => this.#fate(),
      // Twice the work for what the engine's own contract tests cover.
      decideTwice: false,
    });
    this.bornAs = this.engine.epoch;
  }

  /** A decision that succeeds is a commit: the engine keeps it in the same turn. */
  #watched(rules: Rules): Rules {
    return {
      locksOf: rules.locksOf,
      decide: (tx, command) => {
        const appended: Appended[] = [];
        const friends: FriendChange[] = [];
        const decided = rules.decide(noting(tx, appended, friends), command);
        if (!decided.ok) {
          this.#parts.refused(command.type, decided.refusal.reason);
          return decided;
        }
        if (this.#parts.remember) this.#before = [...this.#before.slice(-REMEMBERED), this.engine.snapshot()];
        const number = this.commits.length + 1;
        const commit = {
          number,
          t: this.#simulation.nowMs,
          command,
          reply: decided.reply,
          appended,
          friends,
        };
        this.commits.push(commit);
        this.#parts.committed(commit);
        return decided;
      },
    };
  }

  #fate(): { end: 'ok' | 'fail' | 'unknown' | 'lost'; beforeMs: number; afterMs: number } {
    const { faults, delayMs } = this.conditions;
    const end = this.#random.chance(faults.commitFails)
      ? this.#random.pick(['fail', 'lost'] as const)
      : this.#random.chance(faults.commitUnknown)
        ? 'unknown'
        : 'ok';
    return { end, beforeMs: this.#random.fraction() * delayMs, afterMs: this.#random.fraction() * delayMs };
  }

  /** The store as one node has it. */
  for(host: Host): Store {
    const { engine } = this;
    const call = <Value>(what: string, run: () => Promise<Value>) => this.#call(host, what, run);
    return {
      get epoch() {
        return engine.epoch;
      },
      execute: (command) => this.#execute(host, command),
      get: (keys) => call('get', () => engine.get(keys)),
      scan: (range) => call('scan', () => engine.scan(range)),
      entries: (range) => call('entries', () => engine.entries(range)),
      messages: (range) => call('messages', () => engine.messages(range)),
      changes: (cursor) => call('changes', () => engine.changes(cursor)),
      logs: (range) => call('logs', () => engine.logs(range)),
      close: async () => undefined,
    };
  }

  /** Commands of one node reach the store in the order of their calls, as over one connection. */
  #lastArrival = new Map<Host, number>();

  #execute(host: Host, command: Command): Promise<Outcome> {
    const now = this.#simulation.nowMs;
    const arrival = Math.max(now + this.#delay(), this.#lastArrival.get(host) ?? 0);
    this.#lastArrival.set(host, arrival);
    return this.#roundTrip(host, command.type, arrival - now, () => this.engine.execute(command));
  }

  #call<Value>(host: Host, what: string, run: () => Promise<Value>): Promise<Value> {
    return this.#roundTrip(host, what, this.#delay(), run);
  }

  /** The answer to a node that died meanwhile reaches nobody; a command that was under way takes effect all the same. */
  #roundTrip<Value>(host: Host, what: string, thereMs: number, run: () => Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      const back = (settle: () => void) => {
        const backMs = this.#delay();
        const lost = this.#random.chance(this.conditions.faults.storeLost);
        this.#simulation.after(backMs, `${host.name} store ${what}`, () =>
          host.enter(() =>
            lost ? reject(new Error(`the connection to the store broke during ${what}`)) : settle(),
          ),
        );
      };
      const ask = () =>
        void run().then(
          (value) => back(() => resolve(value)),
          (error: unknown) => back(() => reject(error instanceof Error ? error : new Error(String(error)))),
        );
      if (thereMs <= 0) ask();
      else this.#simulation.after(thereMs, `${host.name} asks store ${what}`, ask);
    });
  }

  #delay(): number {
    const { delayMs, slowMs, faults } = this.conditions;
    return this.#random.fraction() * (this.#random.chance(faults.storeSlow) ? slowMs : delayMs);
  }

  /** The same data under a new epoch. */
  renew(): void {
    this.engine.restore(this.engine.snapshot());
  }

  /** As if the newest commits had never reached the disk. What was said of them stays said. */
  forgetNewest(count: number): void {
    const earlier = this.#before.at(-count);
    if (earlier) this.engine.restore(earlier);
  }

  /** Everything of a log, for the end. */
  async wholeLog(log: string): Promise<LogEntry[]> {
    const all: LogEntry[] = [];
    for (;;) {
      const page = await this.engine.entries({ log, after: all.length, limit: 1_000 });
      all.push(...page);
      if (page.length < 1_000) return all;
    }
  }
}

function noting(tx: Transaction, appended: Appended[], friends: FriendChange[]): Transaction {
  const note = (key: string, change: FriendChange['change']): void => {
    const [, user, other] = /^u\/\d+\/([^/]+)\/friend\/([^/]+)$/.exec(key) ?? [];
    if (user !== undefined && other !== undefined) friends.push({ user, other, change });
  };
  return {
    get: (key) => tx.get(key),
    scan: (range) => tx.scan(range),
    entries: (range) => tx.entries(range),
    messages: (range) => tx.messages(range),
    peek: (key) => tx.peek(key),
    peekScan: (range) => tx.peekScan(range),
    peekMessages: (range) => tx.peekMessages(range),
    set(key, value) {
      tx.set(key, value);
      note(key, 'begin');
    },
    delete(key) {
      tx.delete(key);
      note(key, 'end');
    },
    append(log, entry) {
      tx.append(log, entry);
      appended.push({ log, pos: entry.pos, event: entry.event });
    },
    amend: (log, pos, event) => tx.amend(log, pos, event),
  };
}
