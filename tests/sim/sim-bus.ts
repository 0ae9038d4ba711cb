import type { Bus, Notice } from '@sterna/core';
import type { Host } from './host.ts';
import type { Simulation } from './simulation.ts';

/** How the bus treats each notice. */
export interface BusConditions {
  drop: number;
  double: number;
  delayMs: number;
  /** The share of notices that take up to `lateMs`: that reorders. */
  late: number;
  lateMs: number;
}

export const KIND_BUS: BusConditions = { drop: 0, double: 0, delayMs: 1, late: 0, lateMs: 0 };

/** How long the real one lets a subscription wait for a server that is away. */
const SUBSCRIBE_MS = 2_000;

interface Interest {
  host: Host;
  receive: (notice: Notice) => void;
}

/** A bus that promises nothing, as its port says: what it carries may be lost, doubled, late and out of order. */
export class SimBus {
  conditions: BusConditions = KIND_BUS;
  /** Nodes on different sides of a partition do not hear each other; the empty map is none. */
  partition = new Map<string, number>();
  isDown = false;
  readonly #simulation: Simulation;
  readonly #interests = new Map<string, Set<Interest>>();
  #incarnation = 0;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
  }

  /** The bus as one node has it. */
  for(host: Host): Bus {
    return {
      publish: (subject, notice) => this.#publish(host, subject, notice),
      subscribe: (subject, receive) => this.#subscribe(host, subject, receive),
      close: async () => {
        for (const interests of this.#interests.values()) {
          for (const interest of interests) if (interest.host === host) interests.delete(interest);
        }
      },
    };
  }

  #publish(from: Host, subject: string, notice: Notice): void {
    if (this.isDown) return;
    const text = JSON.stringify(notice);
    for (const interest of this.#interests.get(subject) ?? []) {
      if (!this.#reaches(from, interest.host)) continue;
      const { random } = this.#simulation;
      if (random.chance(this.conditions.drop)) continue;
      this.#deliver(subject, interest, text);
      if (random.chance(this.conditions.double)) this.#deliver(subject, interest, text);
    }
  }

  #reaches(from: Host, to: Host): boolean {
    return (this.partition.get(from.name) ?? 0) === (this.partition.get(to.name) ?? 0);
  }

  #deliver(subject: string, interest: Interest, text: string): void {
    const { random } = this.#simulation;
    const { delayMs, late, lateMs } = this.conditions;
    const delay = random.fraction() * (random.chance(late) ? lateMs : delayMs);
    const incarnation = this.#incarnation;
    this.#simulation.after(delay, `bus ${subject} to ${interest.host.name}`, () => {
      if (incarnation !== this.#incarnation || this.isDown || !this.#interests.get(subject)?.has(interest))
        return;
      interest.host.enter(() => interest.receive(JSON.parse(text) as Notice));
    });
  }

  #subscribe(host: Host, subject: string, receive: (notice: Notice) => void): Promise<() => void> {
    const interest: Interest = { host, receive };
    return new Promise((resolve) => {
      const known = () => {
        const interests = this.#interests.get(subject) ?? new Set();
        this.#interests.set(subject, interests.add(interest));
        host.enter(() => resolve(() => void interests.delete(interest)));
      };
      // A bus that is down holds nobody up for long: the interest is known when it is back.
      const waitMs = this.isDown ? SUBSCRIBE_MS : this.#simulation.random.fraction() * 3;
      this.#simulation.after(waitMs, `subscribe ${subject} by ${host.name}`, known);
    });
  }

  /** The server of the bus stops; what was under way is gone. */
  stop(): void {
    this.isDown = true;
    this.#incarnation += 1;
  }

  /** It starts again, empty; its clients bring their interests back by themselves. */
  start(): void {
    this.isDown = false;
  }
}
