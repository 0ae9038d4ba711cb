import type { IndexStep, MessageDocument, Named, SearchIndex } from '../ports/search.ts';
import { saysPhrases } from '../search/words.ts';

/** What is durable of an index, to go on from. */
export interface MemorySearch extends SearchIndex {
  /** How many messages can be found. */
  readonly size: number;
}

/** The search index in plain collections: the model that the real one is held against. */
export function createMemorySearch(): MemorySearch {
  const messages = new Map<string, MessageDocument>();
  const names = new Map<string, Named>();
  const positions = new Map<string, number>();
  let place: string | undefined;
  const keyOf = ({ log, seq }: { log: string; seq: number }): string => `${seq} ${log}`;
  const nameOf = ({ kind, app, within, id }: Omit<Named, 'words'>): string =>
    JSON.stringify([kind, app, within, id]);

  function apply(step: IndexStep): void {
    for (const document of step.put) messages.set(keyOf(document), document);
    for (const dropped of step.drop) messages.delete(keyOf(dropped));
    for (const named of step.putNamed) names.set(nameOf(named), named);
    for (const named of step.dropNamed) names.delete(nameOf(named));
    for (const [log, pos] of step.followed) positions.set(log, pos);
    place = step.place ?? place;
  }

  return {
    get size() {
      return messages.size;
    },
    place: async () => place,
    followed: async (logs) => logs.map((log) => positions.get(log) ?? 0),
    apply: async (step) => apply(step),
    async reset() {
      messages.clear();
      names.clear();
      positions.clear();
      place = undefined;
    },
    async messages(query) {
      return [...messages.values()]
        .filter(
          ({ log, from, type, timeMs, words, readers }) =>
            query.logs.includes(log) &&
            readers?.includes(query.reader) !== false &&
            (query.senders.length === 0 || query.senders.includes(from)) &&
            (query.types.length === 0 || query.types.includes(type)) &&
            timeMs > query.afterMs &&
            timeMs <= query.toMs &&
            saysPhrases(words, query),
        )
        .sort((a, b) => b.timeMs - a.timeMs || b.seq - a.seq)
        .slice(0, query.limit)
        .map(({ log, seq }) => ({ log, seq }));
    },
    async named(query) {
      const says = (named: Named | undefined): boolean =>
        named !== undefined && saysPhrases(named.words, query);
      return [...names.values()]
        .filter(
          (named) =>
            named.kind === query.kind &&
            named.app === query.app &&
            (query.kind !== 'member' || query.within.includes(named.within)) &&
            (says(named) ||
              (query.kind === 'member' && says(names.get(nameOf({ ...named, kind: 'user', within: '' }))))),
        )
        .slice(0, query.limit)
        .map(({ within, id }) => ({ within, id }));
    },
    close: async () => undefined,
  };
}
