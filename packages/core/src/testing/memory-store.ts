import { ImError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { AppendedEntry, Outcome, Store } from '../ports/store.ts';
import type { Command } from '../transaction/command.ts';
import { domainRules, locksOrRefusal, type Rules } from '../transaction/rules.ts';
import type { Locks } from '../transaction/transaction.ts';
import { frozenCopy } from './frozen-copy.ts';
import { type MemorySnapshot, MemoryState } from './memory-state.ts';
import { StrictTransaction } from './strict-transaction.ts';

/**
 * What becomes of one commit. `fail` and `lost` keep nothing, `unknown` keeps all; of the three the callers hear the same:
 * a rejection. `beforeMs` passes before the commands are decided and durable (in one step), `afterMs` before callers hear.
 */
export interface CommitFate {
  end: 'ok' | 'fail' | 'unknown' | 'lost';
  beforeMs?: number;
  afterMs?: number;
}

export interface MemoryStoreOptions {
  clock: Clock;
  random: Random;
  rules?: Rules;
  /** Asked once for every commit. */
  fate?: (commands: readonly Command[]) => CommitFate;
  /** Decides every command twice and compares: catches a decision that keeps something outside. On unless set to false. */
  decideTwice?: boolean;
  /** At most so many commands in one commit. */
  batch?: number;
  /** Continues where another store was left. */
  from?: StoreSnapshot;
}

/** Everything durable, with the epoch that it belongs to. */
export interface StoreSnapshot extends MemorySnapshot {
  epoch: string;
}

/** A store with the powers that a simulation needs. */
export interface MemoryStore extends Store {
  /** Forgets what is not durable. Nobody who waits will ever hear; the store can be used at once, as after a restart. */
  crash(): void;
  snapshot(): StoreSnapshot;
  /** Goes back to a snapshot, under a new epoch. */
  restore(snapshot: StoreSnapshot): void;
}

interface Waiting {
  command: Command;
  resolve: (outcome: Outcome) => void;
  reject: (error: Error) => void;
}

/**
 * The store contract in memory: deterministic, serial, and strict about what the real engines leave unchecked for speed:
 * locks, purity, immutability, density. All commands of one turn are one commit, as in the SQLite engine.
 */
export function createMemoryStore(options: MemoryStoreOptions): MemoryStore {
  const { clock, random, rules = domainRules, batch = Infinity, decideTwice = true } = options;
  const fateOf = options.fate ?? ((): CommitFate => ({ end: 'ok' }));
  const state = new MemoryState();
  let epoch = options.from?.epoch ?? random.id(EPOCH_LENGTH);
  if (options.from !== undefined) state.restore(options.from);
  let generation = 0;
  let waiting: Waiting[] = [];
  let committing: Promise<void> | undefined;
  let isClosed = false;

  /** Commits batch after batch until nothing waits. Ends quietly when the process it belongs to has crashed. */
  async function commitAll(born: number): Promise<void> {
    await turn();
    while (born === generation && waiting.length > 0) {
      const taken = waiting.splice(0, batch);
      const fate = fateOf(taken.map(({ command }) => command));
      await wait(fate.beforeMs);
      if (born !== generation) return;
      const settle = commit(taken, fate);
      await wait(fate.afterMs);
      if (born !== generation) return;
      for (const tell of settle) tell();
      await turn();
    }
    if (born === generation) committing = undefined;
  }

  async function wait(ms: number | undefined): Promise<void> {
    if (ms !== undefined) await new Promise<void>((resolve) => void clock.after(ms, resolve));
  }

  /** Decides and keeps, or not, as the fate says; answers how to tell the callers. */
  function commit(taken: readonly Waiting[], fate: CommitFate): (() => void)[] {
    if (fate.end === 'fail' || fate.end === 'lost') return taken.map(unavailable);
    const results = taken.map((one) => ({ one, result: attempt(one.command) }));
    if (fate.end === 'unknown') return taken.map(unavailable);
    return results.map(({ one, result }) => () => {
      if (result.decided) one.resolve(result.outcome);
      else one.reject(result.error);
    });
  }

  type Attempt = { decided: true; outcome: Outcome } | { decided: false; error: Error };

  /** A decision that throws is a bug of its own: it keeps nothing, and the others of the commit go on. */
  function attempt(command: Command): Attempt {
    try {
      return { decided: true, outcome: decideStrictly(command) };
    } catch (error) {
      return { decided: false, error: error instanceof Error ? error : new Error(String(error)) };
    }
  }

  function decideStrictly(command: Command): Outcome {
    const allowed = locksOrRefusal(rules, command);
    if (!allowed.ok) return allowed;
    const { locks } = allowed;
    if (decideTwice) {
      const first = run(command, locks);
      first.tx.rollBack();
      const second = run(command, locks);
      requireSame(command, first, second);
      return second.outcome;
    }
    return run(command, locks).outcome;
  }

  function run(command: Command, locks: Locks): { tx: StrictTransaction; outcome: Outcome } {
    const tx = new StrictTransaction(state, locks);
    try {
      const decided = rules.decide(tx, command);
      if (!decided.ok) {
        tx.rollBack();
        return { tx, outcome: decided };
      }
      const entries: AppendedEntry[] = tx.writes.flatMap((write) =>
        write.write === 'append' ? [{ log: write.log, ...write.entry }] : [],
      );
      return { tx, outcome: { ok: true, reply: decided.reply, entries } };
    } catch (error) {
      tx.rollBack();
      throw error;
    }
  }

  return {
    get epoch() {
      return epoch;
    },
    async execute(command) {
      if (isClosed) throw new ImError('storeUnavailable', 'the store is closed');
      // A copy, as if the command had crossed to another thread; the original is frozen with it.
      const copy = frozenCopy(command) as unknown as Command;
      return new Promise((resolve, reject) => {
        waiting.push({ command: copy, resolve, reject });
        committing ??= commitAll(generation);
      });
    },
    get: async (keys) => keys.map((key) => state.get(key)),
    scan: async (range) => state.scan(range),
    entries: async (range) => state.entries(range),
    messages: async (range) => state.messages(range),
    async changes(cursor) {
      const next = `${epoch}:${state.appended}`;
      if (cursor === undefined) return { cursor: next, logs: [] };
      const appended = Number(cursor.slice(epoch.length + 1));
      if (!cursor.startsWith(`${epoch}:`) || !Number.isSafeInteger(appended))
        throw new ImError('reset', 'the cursor belongs to another epoch of the data');
      return { cursor: next, logs: state.grownSince(appended) };
    },
    logs: async (range) => state.logNames(range),
    async close() {
      isClosed = true;
      await committing;
    },
    crash() {
      generation += 1;
      waiting = [];
      committing = undefined;
    },
    snapshot: () => ({ ...state.snapshot(), epoch }),
    restore(snapshot) {
      state.restore(snapshot);
      epoch = random.id(EPOCH_LENGTH);
    },
  };
}

const EPOCH_LENGTH = 12;

/** The end of the present turn: what is called together is committed together. */
function turn(): Promise<void> {
  return Promise.resolve();
}

function unavailable({ reject }: Waiting): () => void {
  return () => reject(new ImError('storeUnavailable', 'the commit was cut off'));
}

function requireSame(
  command: Command,
  first: { tx: StrictTransaction; outcome: Outcome },
  second: { tx: StrictTransaction; outcome: Outcome },
): void {
  const one = JSON.stringify([first.outcome, first.tx.writes]);
  const other = JSON.stringify([second.outcome, second.tx.writes]);
  if (one !== other)
    throw new Error(`${command.type} decided differently the second time: ${one} and then ${other}`);
}
