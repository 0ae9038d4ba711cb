import { compareKeys, lowerBound } from '../key-order.ts';
import { requireKey, requireLimit } from '../ports/store-bounds.ts';
import type { EntryRange, Json, LogEntry, MessageRange, ScanRange } from '../ports/store.ts';

/** A copy of everything, to go back to. */
export interface MemorySnapshot {
  records: ReadonlyMap<string, Json>;
  logs: ReadonlyMap<string, readonly LogEntry[]>;
  grown: readonly string[];
}

/** Takes back one write. */
export type Undo = () => void;

/**
 * Records and logs in plain collections: the model that the real engines are held against, so nothing here is clever.
 * Every write answers how to take it back.
 */
export class MemoryState {
  #records = new Map<string, Json>();
  /** The keys of `#records`, sorted. */
  #keys: string[] = [];
  /** The entry at position `pos` is at index `pos - 1`. */
  #logs = new Map<string, LogEntry[]>();
  /** The log of each append, in order. */
  #grown: string[] = [];

  get(key: string): Json | undefined {
    requireKey(key);
    return this.#records.get(key);
  }

  scan({ prefix, after, limit, reverse = false }: ScanRange): [key: string, value: Json][] {
    requireKey(prefix);
    if (after !== undefined) requireKey(after);
    requireLimit(limit);
    const keys = this.#keysOf(prefix);
    if (reverse) keys.reverse();
    const isInside = (key: string) =>
      after === undefined || (reverse ? compareKeys(key, after) < 0 : compareKeys(key, after) > 0);
    const found: [string, Json][] = [];
    for (const key of keys) {
      if (found.length === limit) break;
      const value = this.#records.get(key);
      if (value !== undefined && isInside(key)) found.push([key, value]);
    }
    return found;
  }

  #keysOf(prefix: string): string[] {
    const from = lowerBound(this.#keys, prefix);
    let to = from;
    while (this.#keys[to]?.startsWith(prefix)) to += 1;
    return this.#keys.slice(from, to);
  }

  entries(range: EntryRange): LogEntry[] {
    return this.#select(range, (entry) => entry.pos);
  }

  messages(range: MessageRange): LogEntry[] {
    return this.#select(range, (entry) => entry.seq);
  }

  #select(range: EntryRange, numberOf: (entry: LogEntry) => number | undefined): LogEntry[] {
    requireKey(range.log);
    requireLimit(range.limit);
    const { after = 0, before = Infinity, limit, newest = false } = range;
    const found = (this.#logs.get(range.log) ?? []).filter((entry) => {
      const number = numberOf(entry);
      return number !== undefined && number > after && number < before;
    });
    return newest ? found.slice(Math.max(0, found.length - limit)) : found.slice(0, limit);
  }

  set(key: string, value: Json): Undo {
    requireKey(key);
    const before = this.#records.get(key);
    if (before === undefined) this.#keys.splice(lowerBound(this.#keys, key), 0, key);
    this.#records.set(key, value);
    return () => (before === undefined ? void this.delete(key) : void this.#records.set(key, before));
  }

  delete(key: string): Undo {
    requireKey(key);
    const before = this.#records.get(key);
    if (before === undefined) return () => undefined;
    this.#records.delete(key);
    this.#keys.splice(lowerBound(this.#keys, key), 1);
    return () => void this.set(key, before);
  }

  append(log: string, entry: LogEntry): Undo {
    requireKey(log);
    const entries = this.#logs.get(log) ?? [];
    const newestSeq = entries.findLast((earlier) => earlier.seq !== undefined)?.seq ?? 0;
    requireNext(log, 'pos', entries.length, entry.pos);
    if (entry.seq !== undefined) requireNext(log, 'seq', newestSeq, entry.seq);
    entries.push(entry);
    this.#logs.set(log, entries);
    this.#grown.push(log);
    return () => {
      entries.pop();
      this.#grown.pop();
      if (entries.length === 0) this.#logs.delete(log);
    };
  }

  amend(log: string, pos: number, event: LogEntry['event']): Undo {
    requireKey(log);
    const entries = this.#logs.get(log) ?? [];
    const before = entries[pos - 1];
    if (before === undefined) throw new Error(`${log} has no entry at position ${pos}`);
    entries[pos - 1] = Object.freeze({ ...before, event });
    return () => {
      entries[pos - 1] = before;
    };
  }

  /** Logs by name, after one of them. */
  logNames({ after, limit }: { after?: string; limit: number }): string[] {
    requireLimit(limit);
    const names = [...this.#logs.keys()].sort(compareKeys);
    return names.filter((name) => after === undefined || compareKeys(name, after) > 0).slice(0, limit);
  }

  /** How many entries were ever appended. */
  get appended(): number {
    return this.#grown.length;
  }

  /** The logs that grew after the first `appended` entries, with their newest positions. */
  grownSince(appended: number): [log: string, pos: number][] {
    const logs = new Set(this.#grown.slice(appended));
    return [...logs].map((log) => [log, this.#logs.get(log)?.length ?? 0]);
  }

  snapshot(): MemorySnapshot {
    const logs = new Map([...this.#logs].map(([log, entries]) => [log, [...entries]]));
    return { records: new Map(this.#records), logs, grown: [...this.#grown] };
  }

  restore(snapshot: MemorySnapshot): void {
    this.#records = new Map(snapshot.records);
    this.#keys = [...snapshot.records.keys()].sort(compareKeys);
    this.#logs = new Map([...snapshot.logs].map(([log, entries]) => [log, [...entries]]));
    this.#grown = [...snapshot.grown];
  }
}

function requireNext(log: string, name: 'pos' | 'seq', newest: number, next: number): void {
  if (next === newest + 1) return;
  throw new Error(`${log} is at ${name} ${newest}: the next cannot be ${next}`);
}
