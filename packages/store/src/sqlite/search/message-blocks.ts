import type { DatabaseSync } from 'node:sqlite';
import type { MessageDocument, MessageQuery } from '@sterna/core';
// Not by the front door: this runs in a thread, and all of the core would be loaded for it.
import { saysPhrases } from '@sterna/core/words';
import { blockTags, messageExpression } from './expression.ts';
import { prepared, type Prepared } from './statements.ts';

/** Messages of one block: enough to share what a row costs, few enough to write anew when one of them changes. */
const BLOCK = 64;
/** Time that a block may span: a search up to some time looks so far beyond it. */
const SPREAD_MS = 3_600_000;
/** Several blocks of one millisecond have places of their own. */
const PER_MS = 1024;

/**
 * Neighbours of one log in one row. Its number begins with the time of its newest message, so that the newest are found
 * first, whatever conversation they are in. `kept` says what each message is, `words` has a line for each.
 * What is deleted leaves the full-text table at once (`secure-delete`, which contentless tables do not honour).
 */
export const BLOCK_SCHEMA = `
  CREATE TABLE block (
    id INTEGER PRIMARY KEY, log INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    kept TEXT NOT NULL, words TEXT NOT NULL, UNIQUE (log, first)
  ) STRICT;
  CREATE VIRTUAL TABLE block_words USING fts5(
    words, tags, content='block', content_rowid='id', columnsize=0, tokenize='ascii'
  );
  INSERT INTO block_words (block_words, rank) VALUES ('secure-delete', 1);
`;

const STATEMENTS = {
  upTo: 'SELECT id, last, kept, words FROM block WHERE log = ? AND first <= ? ORDER BY first DESC LIMIT 1',
  lastOf: 'SELECT max(id) FROM block WHERE id >= ? AND id < ?',
  add: 'INSERT INTO block VALUES (?, ?, ?, ?, ?, ?)',
  addWords: 'INSERT INTO block_words (rowid, words, tags) VALUES (?, ?, ?)',
  drop: 'DELETE FROM block WHERE id = ?',
  dropWords: `INSERT INTO block_words (block_words, rowid, words, tags) VALUES ('delete', ?, ?, ?)`,
  find: `
    SELECT block.id, block.log, block.kept, block.words
    FROM block_words JOIN block ON block.id = block_words.rowid
    WHERE block_words MATCH ? AND block_words.rowid >= ? AND block_words.rowid < ?
    ORDER BY block_words.rowid DESC`,
} as const;

/** A message as its block keeps it. */
type Kept = Omit<MessageDocument, 'log' | 'words'> & { words: string };

interface Found {
  log: number;
  seq: number;
  timeMs: number;
}

/** The messages of the index, many to a row: a row of its own costs more than the words of a message. */
export class MessageBlocks {
  readonly #sql: Prepared<keyof typeof STATEMENTS>;

  constructor(db: DatabaseSync) {
    this.#sql = prepared(db, STATEMENTS);
  }

  /** Takes messages of one log in, or out where there is nothing to be found any more; none is named twice. */
  change(log: number, changes: ReadonlyMap<number, MessageDocument | undefined>): void {
    const seqs = [...changes.keys()].sort((one, other) => one - other);
    const fresh: Kept[] = [];
    let open: { last: number; messages: Map<number, Kept> } | undefined;
    const close = (): void => {
      if (open !== undefined) this.#write(log, [...open.messages.values()]);
      open = undefined;
    };
    // Beyond what is there nothing is looked for: that is how a log grows.
    const end = this.#end(log);
    for (const seq of seqs) {
      const kept = keptOf(changes.get(seq));
      if (seq > end) {
        if (kept !== undefined) fresh.push(kept);
        continue;
      }
      if (open === undefined || seq > open.last) {
        close();
        open = this.#takeOut(log, seq);
      }
      if (kept === undefined) open.messages.delete(seq);
      else open.messages.set(seq, kept);
    }
    close();
    this.#write(log, fresh);
  }

  #end(log: number): number {
    return Number(this.#sql.upTo.get(log, Number.MAX_SAFE_INTEGER)?.[1] ?? 0);
  }

  /** The block that spans the number, out of its place to be written anew; an empty one where none does. */
  #takeOut(log: number, seq: number): { last: number; messages: Map<number, Kept> } {
    const [id, last, kept, words] = this.#sql.upTo.get(log, seq) ?? [];
    if (id === undefined || Number(last) < seq) return { last: seq, messages: new Map() };
    const messages = read(kept, words);
    this.#sql.dropWords.run(id, String(words), blockTags(log, messages));
    this.#sql.drop.run(id);
    return { last: Number(last), messages: new Map(messages.map((one) => [one.seq, one])) };
  }

  #write(log: number, messages: Kept[]): void {
    for (const block of divided(messages.sort((one, other) => one.seq - other.seq))) {
      const newestMs = Math.max(...block.map(({ timeMs }) => timeMs));
      let id = newestMs * PER_MS;
      const taken = this.#sql.lastOf.get(id, id + PER_MS)?.[0];
      if (typeof taken === 'number') id = taken + 1;
      const words = block.map((one) => one.words).join('\n');
      const kept = JSON.stringify(block.map(row));
      this.#sql.add.run(id, log, block[0]?.seq ?? 0, block.at(-1)?.seq ?? 0, kept, words);
      this.#sql.addWords.run(id, words, blockTags(log, block));
    }
  }

  /** The newest first. The full text names blocks; which of their messages are meant is looked at here. */
  find(query: MessageQuery, logs: readonly number[]): Found[] {
    const { afterMs, toMs, limit } = query;
    const from = Math.max(0, (afterMs + 1) * PER_MS);
    const to = (toMs + SPREAD_MS + 1) * PER_MS;
    let found: Found[] = [];
    /** Enough was found that is newer than this. */
    let oldestMs = -1;
    const keepNewest = (): void => {
      found.sort((one, other) => other.timeMs - one.timeMs || other.seq - one.seq);
      found = found.slice(0, limit);
      oldestMs = found[limit - 1]?.timeMs ?? -1;
    };
    for (const [id, log, kept, words] of this.#sql.find.iterate(messageExpression(query, logs), from, to)) {
      // Blocks come by their newest message: none from here on has a newer one.
      if (oldestMs > Math.floor(Number(id) / PER_MS)) break;
      for (const one of read(kept, words))
        if (isMeant(one, query)) found.push({ log: Number(log), seq: one.seq, timeMs: one.timeMs });
      // Not for each block, of which there may be many.
      if (found.length >= limit + BLOCK) keepNewest();
    }
    keepNewest();
    return found;
  }
}

function keptOf(document: MessageDocument | undefined): Kept | undefined {
  if (document === undefined) return undefined;
  const { log: _log, words, ...kept } = document;
  return { ...kept, words: words.join(' ') };
}

type Row = [seq: number, timeMs: number, from: string, type: string, readers?: readonly string[]];

const row = ({ seq, timeMs, from, type, readers }: Kept): Row =>
  readers === undefined ? [seq, timeMs, from, type] : [seq, timeMs, from, type, readers];

/** Neighbours as blocks, each within its bounds. */
function divided(messages: readonly Kept[]): Kept[][] {
  const blocks: Kept[][] = [];
  let earliestMs = 0;
  let newestMs = 0;
  for (const message of messages) {
    const block = blocks.at(-1);
    earliestMs = Math.min(earliestMs, message.timeMs);
    newestMs = Math.max(newestMs, message.timeMs);
    if (block !== undefined && block.length < BLOCK && newestMs - earliestMs <= SPREAD_MS) {
      block.push(message);
      continue;
    }
    blocks.push([message]);
    earliestMs = newestMs = message.timeMs;
  }
  return blocks;
}

function read(kept: unknown, words: unknown): Kept[] {
  const lines = String(words).split('\n');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `#write` alone
  const rows = JSON.parse(String(kept)) as Row[];
  return rows.map(([seq, timeMs, from, type, readers], at) => ({
    ...{ seq, timeMs, from, type, words: lines[at] ?? '' },
    ...(readers && { readers }),
  }));
}

function isMeant(message: Kept, query: MessageQuery): boolean {
  const { senders, types, afterMs, toMs } = query;
  return (
    message.timeMs > afterMs &&
    message.timeMs <= toMs &&
    message.readers?.includes(query.reader) !== false &&
    (senders.length === 0 || senders.includes(message.from)) &&
    (types.length === 0 || types.includes(message.type)) &&
    saysPhrases(message.words.split(' '), query)
  );
}
