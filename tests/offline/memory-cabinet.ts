import type { Cabinet } from '@sterna/sdk/testing';

/** A device's storage, which outlives the pages on it. */
export interface MemoryCabinet extends Cabinet {
  readonly texts: ReadonlyMap<string, string>;
  /** What it answers from now on: as ever, with a refusal, or never. */
  mood: 'kind' | 'denied' | 'silent';
}

export function createMemoryCabinet(): MemoryCabinet {
  const texts = new Map<string, string>();
  const cabinet: MemoryCabinet = {
    texts,
    mood: 'kind',
    read: (name) => answer(() => texts.get(name)),
    write: (name, text) => answer(() => void texts.set(name, text)),
    remove: (name) => answer(() => void texts.delete(name)),
  };
  function answer<Value>(run: () => Value): Promise<Value> {
    if (cabinet.mood === 'kind') return Promise.resolve().then(run);
    return cabinet.mood === 'denied' ? Promise.reject(new Error('denied')) : new Promise(() => undefined);
  }
  return cabinet;
}
