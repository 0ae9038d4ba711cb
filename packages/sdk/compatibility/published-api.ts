import { readFileSync } from 'node:fs';

type Constants = Readonly<Record<string, string | number>>;

/** What one published build exports at run time. */
export interface PublishedBuild {
  VERSION: string;
  EVENT: Constants;
  TYPES: Constants;
  TSignaling: Constants;
  methods: readonly string[];
}

export interface PublishedAPI {
  /** By version, oldest first. */
  builds: Readonly<Record<string, PublishedBuild>>;
  /** The exact version of a name, where a public changelog tells it. */
  introduced: Readonly<Record<'methods' | 'EVENT' | 'TYPES', Readonly<Record<string, string>>>>;
}

/** The facts that everything here is held against. */
export function readPublishedAPI(): PublishedAPI {
  const text = readFileSync(new URL('published-api.json', import.meta.url), 'utf8');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a file of our own
  return JSON.parse(text) as PublishedAPI;
}
