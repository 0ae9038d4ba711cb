import type { Cancel, Simulation } from './simulation.ts';

/**
 * A process or a device: everything that reaches code under test passes through here, so that it can be stopped.
 * Frozen, it gets nothing, and all of it at once when it wakes; dead, nothing ever again.
 */
export class Host {
  readonly name: string;
  readonly #simulation: Simulation;
  #state: 'running' | 'frozen' | 'dead' = 'running';
  #held: (() => void)[] = [];

  constructor(simulation: Simulation, name: string) {
    this.#simulation = simulation;
    this.name = name;
  }

  get isDead(): boolean {
    return this.#state === 'dead';
  }

  get isRunning(): boolean {
    return this.#state === 'running';
  }

  /** Lets `run` happen here and now, later, or never. */
  enter(run: () => void): void {
    if (this.#state === 'running') run();
    else if (this.#state === 'frozen') this.#held.push(run);
  }

  after(delayMs: number, label: string, run: () => void): Cancel {
    let cancelled = false;
    const cancel = this.#simulation.after(delayMs, `${this.name} ${label}`, () =>
      this.enter(() => {
        if (!cancelled) run();
      }),
    );
    return () => {
      cancelled = true;
      cancel();
    };
  }

  freeze(): void {
    if (this.#state === 'running') this.#state = 'frozen';
  }

  /** What was held back happens now, in its order, each in an event of its own. */
  wake(): void {
    if (this.#state !== 'frozen') return;
    this.#state = 'running';
    const held = this.#held;
    this.#held = [];
    for (const run of held) this.#simulation.after(0, `${this.name} late`, () => this.enter(run));
  }

  /** A killed process: its object graph is dropped by ignoring whatever it still waits for. */
  kill(): void {
    this.#state = 'dead';
    this.#held = [];
  }
}
