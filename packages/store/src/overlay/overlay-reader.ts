import {
  compareKeys,
  type EntryRange,
  isOnceKey,
  type Json,
  type LogEntry,
  type MessageRange,
  requireKey,
  requireLimit,
  type ScanRange,
} from '@sterna/core';
import type { Pending } from './pending.ts';
import type { Slot } from './pending-records.ts';
import { parseEvent } from '../json.ts';
import { entryOf, type LogState, type Tail } from './tail.ts';

/** What lies under the pending writes. Bounds are inclusive and within the log's state. */
export interface Base {
  record(key: string): Json | undefined;
  records(range: ScanRange): [key: string, value: Json][];
  logState(log: string): LogState;
  entries(log: string, from: number, to: number): LogEntry[];
  messages(log: string, from: number, to: number): LogEntry[];
}

/** Reads the base as it will be with the pending writes: the one place that knows how the two combine. */
export class OverlayReader {
  readonly #base: Base;
  readonly #pending: Pending;

  constructor(base: Base, pending: Pending) {
    this.#base = base;
    this.#pending = pending;
  }

  get(key: string): Json | undefined {
    if (isOnceKey(key)) return this.#placeIn(key) ?? this.#base.record(key);
    const slot = this.#pending.records.get(key);
    return slot === undefined ? this.#base.record(key) : slot.value;
  }

  /** The record that a pending entry brought. */
  #placeIn(once: string): Json | undefined {
    const appended = this.#pending.entries.broughtBy(once);
    return appended === undefined ? undefined : { log: appended.tail.log, pos: appended.item.pos };
  }

  scan(range: ScanRange): [key: string, value: Json][] {
    const { prefix, after, limit, reverse = false } = range;
    requireKey(prefix);
    if (after !== undefined) requireKey(after);
    requireLimit(limit);
    const written = new Map<string, Json | undefined>();
    for (const slot of this.#writtenIn(range)) written.set(slot.key, slot.value);
    for (const once of this.#broughtIn(range)) written.set(once, this.#placeIn(once));
    if (written.size === 0) return this.#base.records(range);
    // Every written key may stand in for one of the base, so that so many more may be needed.
    const below = this.#base.records({ ...range, limit: limit + written.size });
    const kept = below.filter(([key]) => !written.has(key));
    const present = [...written].filter((record): record is [string, Json] => record[1] !== undefined);
    const direction = reverse ? -1 : 1;
    return [...kept, ...present].sort(([a], [b]) => direction * compareKeys(a, b)).slice(0, limit);
  }

  #writtenIn({ prefix, after, reverse = false }: ScanRange): Slot[] {
    return this.#pending.records.startingWith(prefix).filter(({ key }) => isWithin(key, { after, reverse }));
  }

  #broughtIn({ prefix, after, reverse = false }: ScanRange): string[] {
    if (!isOnceKey(prefix)) return [];
    const keys = [...this.#pending.entries.onceKeys].filter((key) => key.startsWith(prefix));
    return keys.filter((key) => isWithin(key, { after, reverse }));
  }

  logState(log: string): LogState {
    return this.#pending.entries.tail(log)?.state ?? this.#base.logState(log);
  }

  entries(range: EntryRange): LogEntry[] {
    const { log } = range;
    const bounds = this.#boundsOf(range, 'pos');
    if (bounds === undefined) return [];
    const tail = this.#pending.entries.tail(log);
    const inBase = Math.min(bounds.to, tail?.before.pos ?? bounds.to);
    const found = bounds.from <= inBase ? this.#base.entries(log, bounds.from, inBase) : [];
    for (let pos = Math.max(bounds.from, inBase + 1); pos <= bounds.to; pos++) {
      const item = tail?.at(pos);
      if (item !== undefined) found.push(entryOf(item));
    }
    return amendedBy(tail, found);
  }

  messages(range: MessageRange): LogEntry[] {
    const { log } = range;
    const bounds = this.#boundsOf(range, 'seq');
    if (bounds === undefined) return [];
    const tail = this.#pending.entries.tail(log);
    const inBase = Math.min(bounds.to, tail?.before.seq ?? bounds.to);
    const found = bounds.from <= inBase ? this.#base.messages(log, bounds.from, inBase) : [];
    found.push(...(tail?.messages(bounds.from, bounds.to) ?? []));
    return amendedBy(tail, found);
  }

  /** Numbers are dense, so a range and a limit are an interval; undefined where it is empty. */
  #boundsOf(range: EntryRange, number: keyof LogState): { from: number; to: number } | undefined {
    const { log, after = 0, before = Infinity, limit, newest = false } = range;
    requireKey(log);
    requireLimit(limit);
    const from = Math.max(0, after) + 1;
    const to = Math.min(before - 1, this.logState(log)[number]);
    if (to < from || limit === 0) return undefined;
    return newest
      ? { from: Math.max(from, to - limit + 1), to }
      : { from, to: Math.min(to, from + limit - 1) };
  }
}

function isWithin(key: string, { after, reverse }: { after: string | undefined; reverse: boolean }): boolean {
  if (after === undefined) return true;
  return reverse ? compareKeys(key, after) < 0 : compareKeys(key, after) > 0;
}

function amendedBy(tail: Tail | undefined, entries: LogEntry[]): LogEntry[] {
  if (tail === undefined || tail.amended.size === 0) return entries;
  return entries.map((entry) => {
    const newer = tail.amended.get(entry.pos);
    return newer === undefined ? entry : { ...entry, event: parseEvent(newer.text) };
  });
}
