/** A message that can be found. */
export interface MessageDocument {
  log: string;
  seq: number;
  timeMs: number;
  from: string;
  /** The type of its first element. */
  type: string;
  /** Targeted: nobody else may know of it. */
  readers?: readonly string[];
  /** See `search/words.ts`. */
  words: readonly string[];
}

/** Somebody, a group, or somebody in a group, to be found by what they are called. */
export interface Named {
  kind: 'user' | 'group' | 'member';
  app: number;
  /** The group's ID of a member, else empty. */
  within: string;
  /** The user's, or the group's, ID. */
  id: string;
  words: readonly string[];
}

/** What one step changes in the index: all of it or nothing. */
export interface IndexStep {
  put: readonly MessageDocument[];
  drop: readonly { log: string; seq: number }[];
  putNamed: readonly Named[];
  dropNamed: readonly Omit<Named, 'words'>[];
  /** Up to which position logs are in the index now. */
  followed: readonly [log: string, pos: number][];
  /** Where the follower stands now, in its own words. */
  place?: string;
}

/** Phrases of words, the last word of each as a beginning; `all` of them must be said, or any. */
export interface Phrases {
  phrases: readonly (readonly string[])[];
  all: boolean;
}

/** Which messages to find: in these logs alone, and by what is given of the rest. */
export interface MessageQuery extends Phrases {
  /** Who asks: what is meant for others alone is not found. */
  reader: string;
  logs: readonly string[];
  senders: readonly string[];
  types: readonly string[];
  /** Exclusive. */
  afterMs: number;
  /** Inclusive. */
  toMs: number;
  limit: number;
}

/** Which users, groups or members to find; `within` names the groups of members. */
export interface NamedQuery extends Phrases {
  kind: Named['kind'];
  app: number;
  within: readonly string[];
  limit: number;
}

/**
 * A full-text index beside the store. It is derived: what it says is a hint that is checked against the store, and it can be
 * made anew from the logs at any time. What is durable in it is whole steps.
 */
export interface SearchIndex {
  /** Where the follower stood after the newest step; undefined where nothing was indexed yet. */
  place(): Promise<string | undefined>;
  /** For each log the position up to which it is indexed. */
  followed(logs: readonly string[]): Promise<number[]>;
  apply(step: IndexStep): Promise<void>;
  /** Forgets everything. */
  reset(): Promise<void>;
  /** The newest first. */
  messages(query: MessageQuery): Promise<{ log: string; seq: number }[]>;
  named(query: NamedQuery): Promise<{ within: string; id: string }[]>;
  close(): Promise<void>;
}
