import { WANTED } from './markers.ts';
import type { RunResult } from './run.ts';

/** From so many schedules on, every interesting state must have been met. */
const MARKERS_FROM = 500;

/** Sums of many runs. */
export class Tally {
  readonly failures: RunResult[] = [];
  readonly #startedMs = performance.now();
  readonly #markers = new Map<string, number>();
  readonly #sums = { runs: 0, events: 0, sends: 0, acked: 0, handed: 0, read: 0, compared: 0 };
  readonly #undetermined: number[] = [];

  add(result: RunResult): void {
    this.#sums.runs += 1;
    this.#sums.events += result.events;
    this.#sums.sends += result.counts.sends;
    this.#sums.acked += result.counts.acked;
    this.#sums.handed += result.counts.handed;
    this.#sums.read += result.counts.read;
    for (const [name, times] of result.markers)
      this.#markers.set(name, (this.#markers.get(name) ?? 0) + times);
    // Traces and histories of all failures would fill the memory; the report runs them again.
    if (result.violations.length > 0) this.failures.push({ ...result, lines: [], trace: [] });
  }

  compare(one: RunResult, two: RunResult): void {
    this.#sums.compared += 1;
    if (one.hash !== two.hash) this.#undetermined.push(one.seed);
  }

  print(): void {
    const { runs, events, sends, acked, handed, read, compared } = this.#sums;
    const seconds = (performance.now() - this.#startedMs) / 1_000;
    console.log(
      `${runs} schedules, ${this.failures.length} with violations, ${(runs / seconds).toFixed(1)} a second; ` +
        `${Math.round(events / runs)} events each; ${sends} sends, ${acked} acknowledged, ${handed} handed over, ${read} read`,
    );
    console.log(`${compared} seeds run twice, ${this.#undetermined.length} came out differently`);
    if (this.#undetermined.length > 0) console.log(`  seeds ${this.#undetermined.join(', ')}`);
    const met = WANTED.map((name) => `${name} ${this.#markers.get(name) ?? 0}`);
    console.log(`met: ${met.join(', ')}`);
    const seeds = this.failures.map(({ seed }) => seed);
    if (seeds.length > 0) console.log(`failing seeds: ${seeds.slice(0, 50).join(', ')}`);
  }

  isClean(mustMeet: boolean): boolean {
    const missed = WANTED.filter((name) => !this.#markers.get(name));
    const demanding = mustMeet && this.#sums.runs >= MARKERS_FROM;
    if (demanding && missed.length > 0) console.log(`never met: ${missed.join(', ')}`);
    return this.failures.length === 0 && this.#undetermined.length === 0 && !(demanding && missed.length > 0);
  }
}
