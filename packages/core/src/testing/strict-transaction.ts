import { conversationLog, parseConversationID } from '../conversations/conversation-id.ts';
import { isOnceKey, scopeOf, unpart } from '../keys.ts';
import type { EntryRange, Json, LogEntry, MessageRange, ScanRange } from '../ports/store.ts';
import type { Locks, Transaction } from '../transaction/transaction.ts';
import { frozenCopy } from './frozen-copy.ts';
import type { MemoryState, Undo } from './memory-state.ts';

/** One write of a decision, as data, so that two runs can be compared. */
export type Write =
  | { write: 'set'; key: string; value: Json }
  | { write: 'delete'; key: string }
  | { write: 'append'; log: string; entry: LogEntry }
  | { write: 'amend'; log: string; pos: number; event: LogEntry['event'] };

/** Writes straight into the state, remembers how to take everything back, and checks that the locks cover what is touched. */
export class StrictTransaction implements Transaction {
  readonly writes: Write[] = [];
  readonly #state: MemoryState;
  readonly #exclusive: ReadonlySet<string>;
  readonly #shared: ReadonlySet<string>;
  readonly #undo: Undo[] = [];

  constructor(state: MemoryState, locks: Locks) {
    this.#state = state;
    this.#exclusive = new Set(locks.exclusive);
    this.#shared = new Set(locks.shared);
  }

  get(key: string): Json | undefined {
    this.#requireRead(key);
    return this.#state.get(key);
  }

  scan(range: ScanRange): [key: string, value: Json][] {
    const scope = scopeOf(range.prefix);
    // A prefix that ends inside the owner's name would reach into other scopes.
    if (!range.prefix.startsWith(`${scope}/`))
      throw new Error(`the prefix ${range.prefix} is wider than a scope`);
    this.#requireRead(range.prefix);
    return this.#state.scan(range);
  }

  entries(range: EntryRange): LogEntry[] {
    this.#requireRead(range.log);
    return this.#state.entries(range);
  }

  messages(range: MessageRange): LogEntry[] {
    this.#requireRead(range.log);
    return this.#state.messages(range);
  }

  peek(key: string): Json | undefined {
    return this.#state.get(key);
  }

  peekScan(range: ScanRange): [key: string, value: Json][] {
    return this.#state.scan(range);
  }

  peekMessages(range: MessageRange): LogEntry[] {
    return this.#state.messages(range);
  }

  #putOnce(key: string, place: Json): void {
    this.#requireWrite(key);
    if (!isOnceKey(key)) throw new Error(`${key} is no key that an entry may bring`);
    if (this.#state.get(key) !== undefined) throw new Error(`${key} is written a second time`);
    this.#put(key, place);
  }

  set(key: string, value: Json): void {
    this.#requireWrite(key);
    if (isOnceKey(key)) throw new Error(`${key} is for an entry to bring`);
    this.#put(key, value);
  }

  #put(key: string, value: Json): void {
    const stored = frozenCopy(value);
    this.#undo.push(this.#state.set(key, stored));
    this.writes.push({ write: 'set', key, value: stored });
  }

  delete(key: string): void {
    this.#requireWrite(key);
    if (isOnceKey(key)) throw new Error(`${key} is kept for ever`);
    this.#undo.push(this.#state.delete(key));
    this.writes.push({ write: 'delete', key });
  }

  append(log: string, { pos, seq, event, once }: LogEntry & { once?: string }): void {
    this.#requireWrite(log);
    if (once !== undefined) this.#putOnce(once, { log, pos });
    const stored = frozenEvent(event);
    const entry: LogEntry = Object.freeze({ pos, ...(seq !== undefined && { seq }), event: stored });
    this.#undo.push(this.#state.append(log, entry));
    this.writes.push({ write: 'append', log, entry });
  }

  amend(log: string, pos: number, event: LogEntry['event']): void {
    this.#requireWrite(log);
    const stored = frozenEvent(event);
    this.#undo.push(this.#state.amend(log, pos, stored));
    this.writes.push({ write: 'amend', log, pos, event: stored });
  }

  rollBack(): void {
    for (const undo of this.#undo.splice(0).reverse()) undo();
  }

  #requireRead(key: string): void {
    const scope = scopeOf(key);
    if (this.#exclusive.has(scope)) return;
    const conversation = conversationScopeOf(key);
    const isShared = this.#shared.has(scope);
    if (isShared && conversation === undefined) return;
    if (isShared && conversation !== undefined && this.#holds(conversation)) return;
    throw new Error(`read of ${key} without its lock`);
  }

  #holds(scope: string): boolean {
    return this.#exclusive.has(scope) || this.#shared.has(scope);
  }

  #requireWrite(key: string): void {
    const scope = scopeOf(key);
    if (this.#exclusive.has(scope)) return;
    const conversation = conversationScopeOf(key);
    if (this.#shared.has(scope) && conversation !== undefined && this.#exclusive.has(conversation)) return;
    throw new Error(`write of ${key} without its lock`);
  }
}

/**
 * A user's side of a conversation has two owners: the user's scope alone, or the conversation's with the user's shared.
 * Answers the conversation's scope for such a key.
 */
function conversationScopeOf(key: string): string | undefined {
  const [kind, app, owner, record, conversation] = key.split('/');
  const isSide = record === 'conversation' || record === 'topic';
  if (kind !== 'u' || owner === undefined || !isSide || !conversation) return undefined;
  return scopeOf(conversationLog(Number(app), unpart(owner), parseConversationID(unpart(conversation))));
}

/** A copy of an event is an event. */
function frozenEvent(event: LogEntry['event']): LogEntry['event'] {
  return frozenCopy(event) as unknown as LogEntry['event'];
}
