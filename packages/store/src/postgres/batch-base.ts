import { type Json, type LogEntry, requireKey, type ScanRange } from '@sterna/core';
import type { Base } from '../overlay/overlay-reader.ts';
import type { LogState } from '../overlay/tail.ts';
import type { Hints } from './hints.ts';

/** What a decision wanted to read and the batch has not loaded. */
export interface Wanted {
  keys: Set<string>;
  logs: Set<string>;
  /** By a text that says which. */
  ranges: Map<string, WantedRange>;
}

export type WantedRange =
  | { read: 'records'; range: ScanRange }
  | { read: 'entries' | 'messages'; log: string; from: number; to: number };

/** Thrown out of a decision that read what is not loaded: it will be run again from the start. */
export class NotLoaded extends Error {
  override readonly name = 'NotLoaded';
}

/** A log as it was loaded. No id: it has no row yet. */
export interface LoadedLog extends LogState {
  id: bigint | undefined;
}

/**
 * What a batch has loaded after it took its locks. While it is guessing, what is missing is noted and guessed from what
 * earlier batches saw, so that one run of a decision finds most of what it wants; else what is missing is thrown.
 */
export class BatchBase implements Base {
  readonly loaded = new Map<string, Json | undefined>();
  readonly logs = new Map<string, LoadedLog>();
  readonly ranges = new Map<string, readonly unknown[]>();
  wanted: Wanted = newWanted();
  isGuessing = false;
  readonly #hints: Hints;

  constructor(hints: Hints) {
    this.#hints = hints;
  }

  takeWanted(): Wanted {
    const { wanted } = this;
    this.wanted = newWanted();
    return wanted;
  }

  record(key: string): Json | undefined {
    const value = this.loaded.get(key);
    if (value !== undefined || this.loaded.has(key)) return value;
    requireKey(key);
    this.wanted.keys.add(key);
    if (!this.isGuessing) throw new NotLoaded(key);
    return this.#hints.record(key);
  }

  logState(log: string): LogState {
    const loaded = this.logs.get(log);
    if (loaded !== undefined) return loaded;
    requireKey(log);
    this.wanted.logs.add(log);
    if (!this.isGuessing) throw new NotLoaded(log);
    return this.#hints.logState(log);
  }

  records(range: ScanRange): [key: string, value: Json][] {
    return this.#range({ read: 'records', range });
  }

  entries(log: string, from: number, to: number): LogEntry[] {
    return this.#range({ read: 'entries', log, from, to });
  }

  messages(log: string, from: number, to: number): LogEntry[] {
    return this.#range({ read: 'messages', log, from, to });
  }

  #range<Found>(wanted: WantedRange): Found[] {
    const name = JSON.stringify(wanted);
    const loaded = this.ranges.get(name);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what was loaded under the name of a range is of the kind that the name says
    if (loaded !== undefined) return [...loaded] as Found[];
    this.wanted.ranges.set(name, wanted);
    if (!this.isGuessing) throw new NotLoaded(name);
    return [];
  }
}

function newWanted(): Wanted {
  return { keys: new Set(), logs: new Set(), ranges: new Map() };
}
