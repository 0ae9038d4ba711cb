import type { Simulation } from './simulation.ts';

/** How one direction of a connection behaves now. */
export interface PipeConditions {
  latencyMs: number;
  jitterMs: number;
  bytesPerMs: number;
}

/**
 * One direction of a connection: in order, with a speed and a delay. Blocked, it takes what is written and delivers nothing;
 * unblocked, it delivers what it held, as a TCP connection does when the network comes back.
 */
export class Pipe {
  /** Written and not yet arrived. */
  queuedBytes = 0;
  conditions: PipeConditions;
  readonly #simulation: Simulation;
  readonly #label: string;
  #clearAt = 0;
  #arriveAt = 0;
  #state: 'open' | 'blocked' | 'cut' = 'open';
  #held: { bytes: number; arrive: () => void }[] = [];

  constructor(simulation: Simulation, label: string, conditions: PipeConditions) {
    this.#simulation = simulation;
    this.#label = label;
    this.conditions = conditions;
  }

  send(bytes: number, arrive: () => void): void {
    if (this.#state === 'cut') return;
    const { latencyMs, jitterMs, bytesPerMs } = this.conditions;
    this.queuedBytes += bytes;
    this.#clearAt = Math.max(this.#simulation.nowMs, this.#clearAt) + bytes / bytesPerMs;
    const jitter = this.#simulation.random.fraction() * jitterMs;
    this.#arriveAt = Math.max(this.#arriveAt, this.#clearAt + latencyMs + jitter);
    this.#simulation.after(this.#arriveAt - this.#simulation.nowMs, this.#label, () =>
      this.#arrived(bytes, arrive),
    );
  }

  #arrived(bytes: number, arrive: () => void): void {
    if (this.#state === 'cut') return;
    if (this.#state === 'blocked') {
      this.#held.push({ bytes, arrive });
      return;
    }
    this.queuedBytes -= bytes;
    arrive();
  }

  block(): void {
    if (this.#state === 'open') this.#state = 'blocked';
  }

  unblock(): void {
    if (this.#state !== 'blocked') return;
    this.#state = 'open';
    const held = this.#held;
    this.#held = [];
    for (const { bytes, arrive } of held) {
      this.#simulation.after(0, `${this.#label} held`, () => this.#arrived(bytes, arrive));
    }
  }

  /** Whatever is under way never arrives. */
  cut(): void {
    this.#state = 'cut';
    this.#held = [];
  }
}
