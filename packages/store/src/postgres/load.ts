import type { Json, LogEntry, ScanRange } from '@sterna/core';
import type { Sql } from 'postgres';
import { parseEvent, parseJson } from '../json.ts';
import { prefixEnd } from '../overlay/prefix-end.ts';
import { textArray } from './array-literal.ts';
import type { BatchBase, LoadedLog, Wanted, WantedRange } from './batch-base.ts';
import { numberIn, type Row, run, textIn } from './connect.ts';
import { SQL } from './statements.ts';

export async function loadRecords(sql: Sql, keys: readonly string[]): Promise<Map<string, Json | undefined>> {
  const records = new Map<string, Json | undefined>(keys.map((key) => [key, undefined]));
  if (keys.length === 0) return records;
  for (const row of await run(sql, SQL.records, [textArray(keys)])) {
    records.set(textIn(row, 'key'), parseJson(textIn(row, 'value')));
  }
  return records;
}

export async function loadLogs(sql: Sql, logs: readonly string[]): Promise<Map<string, LoadedLog>> {
  const states = new Map<string, LoadedLog>(logs.map((log) => [log, { id: undefined, pos: 0, seq: 0 }]));
  if (logs.length === 0) return states;
  for (const row of await run(sql, SQL.logStates, [textArray(logs)])) {
    const [pos, seq] = [numberIn(row, 'pos') ?? 0, numberIn(row, 'seq') ?? 0];
    states.set(textIn(row, 'name'), { id: BigInt(textIn(row, 'id')), pos, seq });
  }
  return states;
}

export async function loadScan(sql: Sql, range: ScanRange): Promise<[key: string, value: Json][]> {
  const { prefix, after = null, limit, reverse = false } = range;
  const statement = reverse ? SQL.scanDown : SQL.scanUp;
  const rows = await run(sql, statement, [prefix, prefixEnd(prefix) ?? null, after, limit]);
  return rows.map((row) => [textIn(row, 'key'), parseJson(textIn(row, 'value'))]);
}

export async function loadEntries(
  sql: Sql,
  { read, log, from, to }: Extract<WantedRange, { log: string }>,
): Promise<LogEntry[]> {
  const rows = await run(sql, read === 'entries' ? SQL.entries : SQL.messages, [log, from, to]);
  return rows.map(entryOf);
}

function entryOf(row: Row): LogEntry {
  const [pos, seq] = [numberIn(row, 'pos') ?? 0, numberIn(row, 'seq')];
  const event = parseEvent(textIn(row, 'data'));
  return seq === null ? { pos, event } : { pos, seq, event };
}

/** Loads all that is wanted into the base; the statements leave together. */
export async function loadInto(base: BatchBase, sql: Sql, wanted: Wanted): Promise<void> {
  const ranges = [...wanted.ranges].map(async ([name, range]) => {
    base.ranges.set(
      name,
      range.read === 'records' ? await loadScan(sql, range.range) : await loadEntries(sql, range),
    );
  });
  const [records, logs] = await Promise.all([
    loadRecords(sql, [...wanted.keys]),
    loadLogs(sql, [...wanted.logs]),
    ...ranges,
  ]);
  for (const [key, value] of records) base.loaded.set(key, value);
  for (const [log, state] of logs) base.logs.set(log, state);
}
