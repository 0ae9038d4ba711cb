import type { EntryRange, Json, LogEntry, LogEvent, MessageRange, ScanRange } from '../ports/store.ts';

/**
 * What a decision sees of the store. All of it is synchronous: an engine that must wait to load something
 * throws its own signal out of the read, loads, and runs the decision again from the start. So a decision is a pure function
 * of its command and of what it reads, and keeps nothing outside.
 *
 * `get`, `scan`, `entries`, `messages` and every write need the scope locked by the command (`Decision.locks`);
 * `peek`, `peekScan` and `peekMessages` read without a lock: what they show is committed, but may be outdated by the time of the commit.
 */
export interface Transaction {
  get(key: string): Json | undefined;
  scan(range: ScanRange): [key: string, value: Json][];
  entries(range: EntryRange): LogEntry[];
  messages(range: MessageRange): LogEntry[];
  peek(key: string): Json | undefined;
  peekScan(range: ScanRange): [key: string, value: Json][];
  peekMessages(range: MessageRange): LogEntry[];
  set(key: string, value: Json): void;
  delete(key: string): void;
  /**
   * Appends at `pos`, which must be the log's next one: the decision takes it from the log's head record.
   * `once` is a key of its own kind (`isOnceKey`), whose record says from now on where the entry is, for ever: `{ log, pos }`.
   * No other entry may have it, and nothing else writes such a record. Its scope must be locked as for a write.
   */
  append(log: string, entry: { pos: number; seq?: number; event: LogEvent; once?: string }): void;
  /** Replaces the event of an entry in place: content that must be gone, or a newer version. */
  amend(log: string, pos: number, event: LogEvent): void;
}

/** Scopes that a command locks. Two commands whose locks conflict take effect one after the other. */
export interface Locks {
  exclusive: readonly string[];
  shared: readonly string[];
}

/** One command's rules. Pure; an `ImError` thrown is a refusal, and nothing of the command is kept. */
export interface Decision<Body, Reply> {
  locks(body: Body): Locks;
  decide(tx: Transaction, body: Body): Reply;
}
