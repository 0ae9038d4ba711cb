import { compareKeys, lowerBound } from '@sterna/core';

/** Above this many unsorted keys one sort is cheaper than placing them one by one. */
const PLACED_ONE_BY_ONE = 50;

/** Keys that are sorted when somebody asks, and not before: most are never scanned. */
class KeyList {
  #sorted: string[] = [];
  #fresh: string[] = [];

  add(key: string): void {
    this.#fresh.push(key);
  }

  remove(key: string): void {
    const list = this.#fresh.at(-1) === key ? this.#fresh : this.#sortedNow();
    if (list === this.#fresh) list.pop();
    else list.splice(lowerBound(list, key), 1);
  }

  startingWith(prefix: string): string[] {
    const keys = this.#sortedNow();
    const from = lowerBound(keys, prefix);
    let to = from;
    while (keys[to]?.startsWith(prefix)) to += 1;
    return keys.slice(from, to);
  }

  #sortedNow(): string[] {
    if (this.#fresh.length > PLACED_ONE_BY_ONE)
      this.#sorted = [...this.#sorted, ...this.#fresh].sort(compareKeys);
    else for (const key of this.#fresh) this.#sorted.splice(lowerBound(this.#sorted, key), 0, key);
    this.#fresh = [];
    return this.#sorted;
  }
}

/** The keys of a layer by their kind, the first segment, so that the many duplicate checks never slow down a scan of others. */
export class SortedKeys {
  readonly #kinds = new Map<string, KeyList>();

  add(key: string): void {
    this.#listOf(key).add(key);
  }

  remove(key: string): void {
    this.#listOf(key).remove(key);
  }

  startingWith(prefix: string): string[] {
    if (prefix.includes('/')) return this.#kinds.get(kindOf(prefix))?.startingWith(prefix) ?? [];
    const lists = [...this.#kinds]
      .filter(([kind]) => kind.startsWith(prefix))
      .map(([, list]) => list.startingWith(prefix));
    return lists.flat().sort(compareKeys);
  }

  #listOf(key: string): KeyList {
    const kind = kindOf(key);
    const present = this.#kinds.get(kind);
    if (present !== undefined) return present;
    const list = new KeyList();
    this.#kinds.set(kind, list);
    return list;
  }
}

function kindOf(key: string): string {
  const slash = key.indexOf('/');
  return slash === -1 ? key : key.slice(0, slash);
}
