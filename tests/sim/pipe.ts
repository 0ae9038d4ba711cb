import type { Simulation } from './simulation.ts';

/** How one direction of a connection behaves now. */
export interface PipeConditions {
  latencyMs: number;
  jitterMs: number;
  bytesPerMs: number;
}

/** Something on its way. */
interface Passage {
  readonly bytes: number;
  readonly arrive: () => void;
  /** Of the jitter: drawn once, so that a change of conditions draws nothing. */
  readonly fraction: number;
  /** When its last byte is sent. */
  clearAt: number;
  cancel: () => void;
}

/**
 * One direction of a connection: in order, with a speed and a delay. Blocked, it takes what is written and delivers nothing;
 * unblocked, it delivers what it held, as a TCP connection does when the network comes back. When its conditions change,
 * what is still to be sent goes at the new speed.
 */
export class Pipe {
  /** Written and not yet arrived. */
  queuedBytes = 0;
  readonly #simulation: Simulation;
  readonly #label: string;
  #conditions: PipeConditions;
  #underWay: Passage[] = [];
  #clearAt = 0;
  #arriveAt = 0;
  #state: 'open' | 'blocked' | 'cut' = 'open';
  #held: { bytes: number; arrive: () => void }[] = [];

  constructor(simulation: Simulation, label: string, conditions: PipeConditions) {
    this.#simulation = simulation;
    this.#label = label;
    this.#conditions = conditions;
  }

  set conditions(conditions: PipeConditions) {
    const { nowMs } = this.#simulation;
    const { bytesPerMs } = this.#conditions;
    this.#conditions = conditions;
    this.#arriveAt = nowMs;
    let clearAt = nowMs;
    for (const passage of this.#underWay) {
      passage.cancel();
      // Only the first that is not sent yet can be sent in part.
      const left = Math.min(passage.bytes, (passage.clearAt - nowMs) * bytesPerMs);
      if (left > 0) {
        clearAt += left / conditions.bytesPerMs;
        passage.clearAt = clearAt;
      }
      this.#schedule(passage);
    }
    this.#clearAt = clearAt;
  }

  send(bytes: number, arrive: () => void): void {
    if (this.#state === 'cut') return;
    this.queuedBytes += bytes;
    this.#clearAt = Math.max(this.#simulation.nowMs, this.#clearAt) + bytes / this.#conditions.bytesPerMs;
    const fraction = this.#simulation.random.fraction();
    const passage = { bytes, arrive, fraction, clearAt: this.#clearAt, cancel: () => undefined };
    this.#underWay.push(passage);
    this.#schedule(passage);
  }

  #schedule(passage: Passage): void {
    const { latencyMs, jitterMs } = this.#conditions;
    const { nowMs } = this.#simulation;
    this.#arriveAt = Math.max(this.#arriveAt, passage.clearAt + latencyMs + passage.fraction * jitterMs);
    passage.cancel = this.#simulation.after(this.#arriveAt - nowMs, this.#label, () => {
      this.#underWay.shift();
      this.#arrived(passage);
    });
  }

  #arrived({ bytes, arrive }: { bytes: number; arrive: () => void }): void {
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
      this.#simulation.after(0, `${this.#label} held`, () => this.#arrived({ bytes, arrive }));
    }
  }

  /** Whatever is under way never arrives. */
  cut(): void {
    this.#state = 'cut';
    for (const { cancel } of this.#underWay) cancel();
    this.#underWay = [];
    this.#held = [];
  }
}
