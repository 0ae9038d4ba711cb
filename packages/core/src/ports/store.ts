import type { ConversationEvent, InboxEvent } from '@sterna/protocol';
import type { Refusal } from '../errors.ts';
import type { Command } from '../transaction/command.ts';

/** What a record may hold: anything JSON carries. Records are immutable once handed out: change a copy. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** What a log may hold. */
export type LogEvent = ConversationEvent | InboxEvent;

/** One entry of a log. `seq` is there for messages: their dense number in the log. */
export interface LogEntry {
  pos: number;
  seq?: number;
  event: LogEvent;
}

/** An entry that a command appended, with the log it is in, and the event as JSON where the engine has made that. */
export interface AppendedEntry extends LogEntry {
  log: string;
  json?: string;
}

/** How a command ended. `ok: true` means durable: it survives every fault the store promises to survive. */
export type Outcome<Reply = unknown> =
  | { ok: true; reply: Reply; entries: readonly AppendedEntry[] }
  | { ok: false; refusal: Refusal };

/** Which records of a prefix, in key order (bytes of UTF-8). */
export interface ScanRange {
  prefix: string;
  /** Only keys after this one (before it, when `reverse`). */
  after?: string;
  limit: number;
  reverse?: boolean;
}

/** Which entries of a log, always returned oldest first. `after` and `before` are exclusive positions. */
export interface EntryRange {
  log: string;
  after?: number;
  before?: number;
  limit: number;
  /** Take the newest `limit` of the range instead of the oldest. */
  newest?: boolean;
}

/** The same over message numbers: only entries that have a `seq`, bounds are seqs. */
export type MessageRange = EntryRange;

/**
 * Durable state: ordered records under string keys, and append-only logs with dense positions.
 *
 * `execute` decides a command inside one atomic step: it locks the command's scopes, lets the core's decision read and write,
 * and resolves when the outcome is durable. Commands on one scope take effect in the order of the calls.
 * If it rejects, the outcome is unknown: the same command may be executed again (decisions are idempotent where it matters).
 * Reads see every command that had resolved before them.
 */
export interface Store {
  /** The incarnation of the data: changes when a restore may have undone what clients have seen. */
  readonly epoch: string;
  execute(command: Command): Promise<Outcome>;
  get(keys: readonly string[]): Promise<(Json | undefined)[]>;
  scan(range: ScanRange): Promise<[key: string, value: Json][]>;
  entries(range: EntryRange): Promise<LogEntry[]>;
  messages(range: MessageRange): Promise<LogEntry[]>;
  /**
   * Which logs grew since `cursor`, with their newest position, and the cursor for the next call.
   * Never skips a committed entry; may name a log again. `undefined` starts from now.
   */
  changes(cursor: string | undefined): Promise<{ cursor: string; logs: [log: string, pos: number][] }>;
  /** Names of logs in the order of their bytes, for whoever reads everything. */
  logs(range: { after?: string; limit: number }): Promise<string[]>;
  /** Waits for what was accepted, then lets go of the files or connections. */
  close(): Promise<void>;
}
