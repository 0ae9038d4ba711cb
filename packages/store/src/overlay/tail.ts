import type { LogEntry } from '@sterna/core';
import { parseEvent } from '../json.ts';

/** Where a log stands: its newest position and its newest message number. */
export interface LogState {
  readonly pos: number;
  readonly seq: number;
}

/** An entry with its event's JSON: as an object it would be several times as large, and few are read while they are here. */
export interface TailItem {
  readonly pos: number;
  /** The message number that the log had reached with it. */
  readonly seq: number;
  readonly isMessage: boolean;
  text: string;
  /** The key whose record says where the entry is. */
  readonly once: string | undefined;
}

/** A newer event, as JSON, of an entry that is in the base. */
export interface Amendment {
  readonly text: string;
}

export function entryOf({ pos, seq, isMessage, text }: TailItem): LogEntry {
  const event = parseEvent(text);
  return isMessage ? { pos, seq, event } : { pos, event };
}

/** What is known of one log above the base: entries after the base's state, and newer events of entries before it. */
export class Tail {
  readonly log: string;
  /** The log's name as JSON. */
  readonly quoted: string;
  readonly amended = new Map<number, Amendment>();
  #before: LogState;
  #items: TailItem[] = [];
  /** Items before this index have been dropped; they are cut off when they are the greater part. */
  #first = 0;

  constructor(log: string, before: LogState) {
    this.log = log;
    this.quoted = JSON.stringify(log);
    this.#before = before;
  }

  /** The state of the log just before the first item. */
  get before(): LogState {
    return this.#before;
  }

  get state(): LogState {
    const newest = this.#items.at(-1);
    return newest === undefined || this.isEmpty ? this.#before : { pos: newest.pos, seq: newest.seq };
  }

  get isEmpty(): boolean {
    return this.#items.length === this.#first;
  }

  push(item: TailItem): void {
    this.#items.push(item);
  }

  pop(): void {
    this.#items.pop();
  }

  /** The first item, which leaves: it is in the base now. */
  shift(): TailItem | undefined {
    const item = this.#items[this.#first];
    if (item === undefined) return undefined;
    this.#before = { pos: item.pos, seq: item.seq };
    this.#first += 1;
    if (this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    return item;
  }

  at(pos: number): TailItem | undefined {
    const offset = pos - this.#before.pos - 1;
    return offset < 0 ? undefined : this.#items[this.#first + offset];
  }

  /** The messages numbered `from` to `to`, as far as they are here. */
  messages(from: number, to: number): LogEntry[] {
    const found: LogEntry[] = [];
    for (let index = this.#firstReaching(from); index < this.#items.length; index++) {
      const item = this.#items[index];
      if (item === undefined || item.seq > to) break;
      if (item.isMessage) found.push(entryOf(item));
    }
    return found;
  }

  #firstReaching(seq: number): number {
    let low = this.#first;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#items[middle]?.seq ?? 0) < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
