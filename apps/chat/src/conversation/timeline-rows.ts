import type { MessageItem } from '../chat-client/message-item.ts';
import { startOfDay, startOfNextDay } from '../i18n/format.ts';

/**
 * Messages of one sender within a few minutes, drawn as one block. A long block comes in pieces, which look as if
 * they were not cut.
 */
export interface Run {
  kind: 'run';
  key: string;
  from: string;
  mine: boolean;
  items: readonly MessageItem[];
  /** This piece begins the block, or goes on with it. */
  begins: boolean;
  ends: boolean;
}

export type Row = Run | { kind: 'line'; key: string; item: MessageItem } | { kind: 'divider'; key: string };

/** Rows that are put on the page, and taken off it, together. */
export interface Chunk {
  key: string;
  rows: readonly Row[];
}

export interface Day {
  key: string;
  timeMs: number;
  chunks: readonly Chunk[];
}

/** A longer pause begins a new block. */
const PAUSE_MS = 5 * 60_000;
/** On average a piece of a long block has this many messages, and a chunk this many rows. */
const PIECE_MESSAGES = 16;
const CHUNK_ROWS = 6;
/** Chance alone would leave a few very long. */
const MAX_PIECE_MESSAGES = 64;
const MAX_CHUNK_ROWS = 32;

/** While it is put together a block may still grow. */
type GrowingRun = Omit<Run, 'items'> & { items: MessageItem[] };
type GrowingRow = GrowingRun | Exclude<Row, Run>;

/** The order of things on the page: days, in them chunks, in them blocks, lines and the divider. */
export function buildDays(items: readonly MessageItem[], dividerKey: string | undefined): Day[] {
  const days: { key: string; timeMs: number; endMs: number; rows: GrowingRow[] }[] = [];
  let previous: MessageItem | undefined;
  for (const item of items) {
    let day = days.at(-1);
    // A message that failed keeps its local time, which may lie before its neighbour's: days never go back.
    if (day === undefined || item.timeMs >= day.endMs) {
      const timeMs = startOfDay(item.timeMs);
      day = { key: String(timeMs), timeMs, endMs: startOfNextDay(timeMs), rows: [] };
      days.push(day);
      previous = undefined;
    }
    if (item.key === dividerKey) {
      day.rows.push({ kind: 'divider', key: `divider-${item.key}` });
      previous = undefined;
    }
    addToRows(day.rows, item, previous);
    previous = item;
  }
  return days.map(({ key, timeMs, rows }) => ({ key, timeMs, chunks: toChunks(rows) }));
}

export function isLine(item: MessageItem): boolean {
  return item.kind === 'tip' || item.kind === 'notice' || item.recalled;
}

function addToRows(rows: GrowingRow[], item: MessageItem, previous: MessageItem | undefined): void {
  if (isLine(item)) {
    rows.push({ kind: 'line', key: item.key, item });
    return;
  }
  const last = rows.at(-1);
  const continuesLast = last?.kind === 'run' && previous !== undefined && continues(last, previous, item);
  if (continuesLast && last.items.length < MAX_PIECE_MESSAGES && !isCut(item.key, PIECE_MESSAGES)) {
    last.items.push(item);
    return;
  }
  if (continuesLast) last.ends = false;
  const { key, from, mine } = item;
  rows.push({ kind: 'run', key, from, mine, items: [item], begins: !continuesLast, ends: true });
}

function continues(run: Run, previous: MessageItem, item: MessageItem): boolean {
  const pauseMs = Math.abs(item.timeMs - previous.timeMs);
  return run.from === item.from && run.mine === item.mine && pauseMs <= PAUSE_MS;
}

function toChunks(rows: readonly Row[]): Chunk[] {
  const chunks: { key: string; rows: Row[] }[] = [];
  for (const row of rows) {
    const current = chunks.at(-1);
    if (current === undefined || isCut(row.key, CHUNK_ROWS) || current.rows.length >= MAX_CHUNK_ROWS) {
      chunks.push({ key: row.key, rows: [row] });
    } else {
      current.rows.push(row);
    }
  }
  return chunks;
}

/**
 * Whether to cut before this key, once in `average` keys. The key itself says so, not a count from the first:
 * older messages that are put in front move no cut, so what is on the page stays as it is.
 */
function isCut(key: string, average: number): boolean {
  let hash = 0;
  for (let index = 0; index < key.length; index += 1)
    hash = (Math.imul(hash, 31) + key.charCodeAt(index)) >>> 0;
  return ((Math.imul(hash, 2654435761) >>> 0) >>> 16) % average === 0;
}

export function sameRows(a: readonly Row[], b: readonly Row[]): boolean {
  return a.length === b.length && a.every((row, index) => sameRow(row, b[index]));
}

function sameRow(a: Row, b: Row | undefined): boolean {
  if (b === undefined || a.kind !== b.kind || a.key !== b.key) return false;
  if (a.kind === 'run' && b.kind === 'run') {
    if (a.begins !== b.begins || a.ends !== b.ends) return false;
    return a.items.length === b.items.length && a.items.every((item, index) => item === b.items[index]);
  }
  return a.kind !== 'line' || b.kind !== 'line' || a.item === b.item;
}
