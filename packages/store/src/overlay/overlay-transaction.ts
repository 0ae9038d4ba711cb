import {
  type AppendedEntry,
  type Command,
  type EntryRange,
  type Json,
  type LogEntry,
  type LogEvent,
  locksOrRefusal,
  type MessageRange,
  type Outcome,
  requireKey,
  type Rules,
  type ScanRange,
  type Transaction,
} from '@sterna/core';
import type { OverlayReader } from './overlay-reader.ts';
import type { Pending } from './pending.ts';

/** The transaction of a decision on pending writes over a base. One object serves all commands, one after the other. */
export class OverlayTransaction implements Transaction {
  readonly #reader: OverlayReader;
  readonly #pending: Pending;
  #appended: AppendedEntry[] = [];

  constructor(reader: OverlayReader, pending: Pending) {
    this.#reader = reader;
    this.#pending = pending;
  }

  /** Decides a command. Refused, or thrown out of, it leaves nothing behind. */
  decide(rules: Rules, command: Command): Outcome {
    this.#appended = [];
    this.#pending.begin();
    let isKept = false;
    try {
      const decided = rules.decide(this, command);
      if (!decided.ok) return refusalOf(rules, command, decided);
      isKept = true;
      return { ok: true, reply: decided.reply, entries: this.#appended };
    } finally {
      if (!isKept) this.#pending.rollBack();
    }
  }

  get(key: string): Json | undefined {
    return this.#reader.get(key);
  }

  scan(range: ScanRange): [key: string, value: Json][] {
    return this.#reader.scan(range);
  }

  entries(range: EntryRange): LogEntry[] {
    return this.#reader.entries(range);
  }

  messages(range: MessageRange): LogEntry[] {
    return this.#reader.messages(range);
  }

  peek(key: string): Json | undefined {
    return this.#reader.get(key);
  }

  peekScan(range: ScanRange): [key: string, value: Json][] {
    return this.#reader.scan(range);
  }

  peekMessages(range: MessageRange): LogEntry[] {
    return this.#reader.messages(range);
  }

  set(key: string, value: Json): void {
    this.#pending.records.set(key, value);
  }

  delete(key: string): void {
    this.#pending.records.set(key, undefined);
  }

  append(
    log: string,
    { pos, seq, event, once }: { pos: number; seq?: number; event: LogEvent; once?: string },
  ): void {
    const state = this.#reader.logState(log);
    if (seq !== undefined && seq !== state.seq + 1) {
      throw new Error(`${log} is at seq ${state.seq}: the next cannot be ${seq}`);
    }
    const isMessage = seq !== undefined;
    const json = JSON.stringify(event);
    if (once !== undefined) requireKey(once);
    this.#pending.entries.append(log, state, { pos, seq: seq ?? state.seq, isMessage, text: json, once });
    this.#appended.push(isMessage ? { log, pos, seq, event, json } : { log, pos, event, json });
  }

  amend(log: string, pos: number, event: LogEvent): void {
    const state = this.#reader.logState(log);
    if (pos < 1 || pos > state.pos) throw new Error(`${log} has no entry at position ${pos}`);
    this.#pending.entries.amend(log, state, pos, JSON.stringify(event));
  }
}

/**
 * A command that cannot even name its locks is refused for that, wherever it runs; an engine that needs no locks
 * asks only when there is a refusal to choose.
 */
function refusalOf(rules: Rules, command: Command, decided: Extract<Outcome, { ok: false }>): Outcome {
  const allowed = locksOrRefusal(rules, command);
  return allowed.ok ? decided : allowed;
}
