/**
 * A bounded cache that keeps what was used recently. Two halves: a hit in the old half moves to the young one,
 * and when the young half is full it becomes the old one. Nearly as good as the exact order, for one lookup on a hit.
 */
export class RecentCache<Value> {
  readonly #halfWeight: number;
  #young = new Map<string, { value: Value; weight: number }>();
  #old = new Map<string, { value: Value; weight: number }>();
  #youngWeight = 0;

  constructor(weight: number) {
    this.#halfWeight = weight / 2;
  }

  /** The entry, because a cached value may itself be undefined. */
  get(key: string): { readonly value: Value } | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old === undefined) return undefined;
    this.#old.delete(key);
    this.#add(key, old);
    return old;
  }

  set(key: string, value: Value, weight: number): void {
    this.#old.delete(key);
    this.#youngWeight -= this.#young.get(key)?.weight ?? 0;
    this.#add(key, { value, weight });
  }

  #add(key: string, entry: { value: Value; weight: number }): void {
    this.#young.set(key, entry);
    this.#youngWeight += entry.weight;
    if (this.#youngWeight <= this.#halfWeight) return;
    this.#old = this.#young;
    this.#young = new Map();
    this.#youngWeight = 0;
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }
}
