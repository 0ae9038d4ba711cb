import type { Locks } from '@sterna/core';

/** Something that wants to run under locks. */
export interface Applicant {
  readonly locks: Locks;
}

/** How far beyond a batch the queue is searched for more that may run. */
const LOOKED_AT_FOR_EACH = 4;

/** Scopes, with how many hold each. */
class Holders {
  readonly #counts = new Map<string, number>();

  add(scopes: readonly string[], by: 1 | -1): void {
    for (const scope of scopes) {
      const count = (this.#counts.get(scope) ?? 0) + by;
      if (count === 0) this.#counts.delete(scope);
      else this.#counts.set(scope, count);
    }
  }

  hasAny(scopes: readonly string[]): boolean {
    return this.#counts.size > 0 && scopes.some((scope) => this.#counts.has(scope));
  }
}

/** Locks held or waited for, and what conflicts with them. */
class LockTable {
  readonly #exclusive = new Holders();
  readonly #shared = new Holders();

  add({ exclusive, shared }: Locks, by: 1 | -1): void {
    this.#exclusive.add(exclusive, by);
    this.#shared.add(shared, by);
  }

  conflictsWith({ exclusive, shared }: Locks): boolean {
    return (
      this.#exclusive.hasAny(exclusive) || this.#exclusive.hasAny(shared) || this.#shared.hasAny(exclusive)
    );
  }
}

/**
 * Lets commands of this process through in an order that agrees with the order of the calls wherever two conflict:
 * one may overtake another only where neither could tell. Those of one batch run one after the other, and so may conflict.
 */
export class Admission<Waiting extends Applicant> {
  #waiting: Waiting[] = [];
  readonly #running = new LockTable();

  add(one: Waiting): void {
    this.#waiting.push(one);
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** The next batch, of `most` at most; empty where everything must wait for what runs. */
  take(most: number): Waiting[] {
    const skipped = new LockTable();
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    const lookedAt = most * LOOKED_AT_FOR_EACH;
    let index = 0;
    for (; index < this.#waiting.length && index < lookedAt && taken.length < most; index++) {
      const one = this.#waiting[index];
      if (one === undefined) break;
      if (this.#running.conflictsWith(one.locks) || skipped.conflictsWith(one.locks)) {
        skipped.add(one.locks, 1);
        left.push(one);
      } else taken.push(one);
    }
    this.#waiting = [...left, ...this.#waiting.slice(index)];
    for (const { locks } of taken) this.#running.add(locks, 1);
    return taken;
  }

  /** What was taken has ended, however it did. */
  release(taken: readonly Waiting[]): void {
    for (const { locks } of taken) this.#running.add(locks, -1);
  }

  /** Everything that still waits, which waits no more. */
  clear(): Waiting[] {
    return this.#waiting.splice(0);
  }
}
