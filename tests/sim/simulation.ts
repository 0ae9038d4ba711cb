import { createSeededRandom, type SeededRandom } from '@sterna/core/testing';
import { Heap } from './heap.ts';
import { createTrace, type Trace } from './trace.ts';

interface Scheduled {
  at: number;
  order: number;
  label: string;
  run: (() => void) | undefined;
}

export type Cancel = () => void;

/** Real turns are taken this often, so that a long run starves nothing else of the process. */
const TURNS_BETWEEN_REAL_ONES = 1_000;

/** Times are whole multiples of 1/1024 ms, which doubles add and subtract without error: a timer fires when it is due, not a hair before. */
const GRAIN = 1_024;

/** No run comes near it: whatever does goes round in circles. */
const EVENTS_MAX = 400_000;

/**
 * One heap of events, one seed, no real time. An event runs, then every promise chain that it set off runs dry, then the next:
 * so a run is a function of its seed, and a seed is a failure's whole description.
 */
export class Simulation {
  /** Milliseconds since the run began. */
  nowMs = 0;
  readonly random: SeededRandom;
  readonly trace: Trace;
  /** What code under test threw outside of any promise that it answers for. */
  readonly failures: string[] = [];
  events = 0;
  readonly #heap = new Heap<Scheduled>((a, b) => a.at - b.at || a.order - b.order);
  #order = 0;

  constructor(seed: number, keepTrace: boolean) {
    this.random = createSeededRandom(seed);
    this.trace = createTrace(keepTrace);
  }

  after(delayMs: number, label: string, run: () => void): Cancel {
    const at = Math.ceil((this.nowMs + Math.max(0, delayMs)) * GRAIN) / GRAIN;
    const scheduled: Scheduled = { at, order: this.#order++, label, run };
    this.#heap.push(scheduled);
    return () => {
      scheduled.run = undefined;
    };
  }

  /** Runs what is due until `untilMs`. */
  async runUntil(untilMs: number): Promise<void> {
    for (let next = this.#heap.peek(); next !== undefined && next.at <= untilMs; next = this.#heap.peek()) {
      this.#heap.pop();
      const { run } = next;
      if (run === undefined) continue;
      this.nowMs = next.at;
      this.events += 1;
      if (this.events > EVENTS_MAX)
        throw new Error(`the run goes round in circles at ${this.nowMs}: ${next.label}`);
      this.trace.event(next.at, next.order, next.label);
      this.attempt(next.label, run);
      await runDry(this.events % TURNS_BETWEEN_REAL_ONES === 0);
    }
    this.nowMs = untilMs;
  }

  /** Code under test that throws here would have ended its process: that is a finding, not the end of the run. */
  attempt(label: string, run: () => void): void {
    try {
      run();
    } catch (error) {
      this.failures.push(
        `${label}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    }
  }
}

/**
 * Waits until every pending microtask has run. Node runs its tick queue only when no microtask is left, so one tick is enough;
 * a real turn of the event loop does the same and costs five times as much.
 */
function runDry(realTurn: boolean): Promise<void> {
  return new Promise((resolve) => (realTurn ? setImmediate(resolve) : process.nextTick(resolve)));
}
