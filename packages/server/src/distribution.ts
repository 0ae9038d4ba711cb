import { Histogram, type HistogramConfiguration } from 'prom-client';

/**
 * A histogram without labels for the hot path: adding is a few steps, where the library's `observe` makes an object,
 * a closure and a text for each value. What is shown is what was added.
 */
export class Distribution extends Histogram<'le'> {
  readonly #options: HistogramConfiguration<'le'>;
  readonly #bounds: readonly number[];
  /** One more than bounds: the last is for what is above them all. */
  readonly #counts: number[];
  #sum = 0;

  constructor(options: HistogramConfiguration<'le'> & { buckets: readonly number[] }) {
    super({ ...options, labelNames: [] });
    this.#options = options;
    this.#bounds = options.buckets;
    this.#counts = [...options.buckets, Infinity].map(() => 0);
  }

  add(value: number): void {
    let bucket = 0;
    for (const bound of this.#bounds) {
      if (value <= bound) break;
      bucket += 1;
    }
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#sum += value;
  }

  /** What the registry, and the library's own `get`, ask for. */
  async getForPromString() {
    const { name, help } = this.#options;
    let count = 0;
    const sharedLabels = {};
    const buckets = this.#counts.map((counted, index) => {
      count += counted;
      const labels = { le: this.#bounds[index] ?? '+Inf' };
      return { metricName: `${name}_bucket`, labels, sharedLabels, value: count };
    });
    const values = [
      ...buckets,
      { metricName: `${name}_sum`, labels: {}, sharedLabels, value: this.#sum },
      { metricName: `${name}_count`, labels: {}, sharedLabels, value: count },
    ];
    return { name, help, type: 'histogram', aggregator: 'sum', values };
  }
}
