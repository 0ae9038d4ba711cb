import type { Pending } from '../overlay/pending.ts';
import type { Slot } from '../overlay/pending-records.ts';
import type { LogState, Tail } from '../overlay/tail.ts';
import type { Tables } from './tables.ts';

/** A tail with the state that it had reached when the generation ended, and the log's id from its first row on. */
interface LeavingTail {
  tail: Tail;
  upTo: LogState;
  id: number | undefined;
}

/**
 * Moves a generation of pending writes into the tables, some rows at a time. In the order of the tables,
 * so that neighbours share a page: that is what makes thousands of commands cheaper together than one by one.
 * What was written again since is left out: it has its place in a newer journal row, and moves with a newer generation.
 * Repeating the move, or a part of it, changes nothing.
 */
export class Move {
  readonly #pending: Pending;
  readonly #tables: Tables;
  readonly #changed: number;
  readonly #generation: number;
  /** What is still to move, the next one last. */
  readonly #tails: LeavingTail[];
  readonly #slots: Slot[];
  isDone = false;

  /** `changed` is the newest journal row of the generation. */
  constructor(pending: Pending, tables: Tables, changed: number) {
    this.#pending = pending;
    this.#tables = tables;
    this.#changed = changed;
    const tails = pending.entries.tails.map((tail) => ({
      tail,
      upTo: tail.state,
      id: tables.logID(tail.log),
    }));
    // By the log's id; logs that have none yet come last, and get theirs in that order.
    this.#tails = tails.sort((one, other) => (other.id ?? Infinity) - (one.id ?? Infinity) || 0);
    const { number, slots } = pending.records.takeGeneration();
    this.#generation = number;
    this.#slots = slots;
    // UTF-16 order is near enough: it is for locality only.
    slots.sort((one, other) => (one.key < other.key ? 1 : -1));
  }

  advance(rows: number): void {
    let left = rows;
    while (left > 0 && !this.isDone) left -= this.#step(left);
  }

  /** Moves up to `rows` rows of one kind; answers how many, at least one, so that nothing to do counts too. */
  #step(rows: number): number {
    const leaving = this.#tails.at(-1);
    if (leaving !== undefined) return this.#moveTail(leaving, rows);
    const slot = this.#slots.pop();
    if (slot !== undefined) return this.#moveSlot(slot);
    this.#pending.records.settle();
    this.isDone = true;
    return 1;
  }

  #moveTail(leaving: LeavingTail, rows: number): number {
    const { tail, upTo } = leaving;
    const hasGrown = upTo.pos > tail.before.pos;
    if (hasGrown) leaving.id = this.#tables.putLog(tail.log, upTo, this.#changed);
    const moved = leaving.id === undefined ? 0 : this.#moveItems(tail, leaving.id, upTo, rows);
    if (moved === rows) return moved;
    this.#tails.pop();
    return moved + 1 + (leaving.id === undefined ? 0 : this.#moveAmendments(tail, leaving.id));
  }

  #moveItems(tail: Tail, id: number, upTo: LogState, rows: number): number {
    let moved = 0;
    while (moved < rows && tail.before.pos < upTo.pos) {
      const item = tail.shift();
      if (item === undefined) break;
      this.#tables.putEntry(id, item);
      if (item.once !== undefined) this.#pending.entries.leaveOnce(item.once);
      moved += 1;
    }
    this.#pending.entries.leave(tail, moved);
    return moved;
  }

  #moveAmendments(tail: Tail, id: number): number {
    const { size } = tail.amended;
    for (const [pos, { text }] of tail.amended) this.#tables.amendEntry(id, pos, text);
    tail.amended.clear();
    this.#pending.entries.leave(tail, size);
    return size;
  }

  #moveSlot(slot: Slot): number {
    if (slot.generation !== this.#generation) return 1;
    if (slot.value === undefined) this.#tables.deleteRecord(slot.key);
    else this.#tables.putRecord(slot.key, slot.value, slot.text ?? JSON.stringify(slot.value));
    this.#pending.records.leave(slot);
    return 1;
  }
}
