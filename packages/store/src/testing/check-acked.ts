import { DatabaseSync } from 'node:sqlite';
import { SqliteStore } from '../sqlite/sqlite-store.ts';
import type { Acked } from './writer-lines.ts';

/**
 * Opens a store that its process did not close, and says everything that is wrong with it: an acknowledged message that is
 * missing or other than it was, a hole in a log, damage. Empty when all is well.
 */
export async function wrongWith(path: string, acked: readonly Acked[]): Promise<string[]> {
  const problems: string[] = [];
  const store = new SqliteStore({ path, onFatal: (error) => problems.push(`fatal: ${String(error)}`) });
  const logs = new Set(acked.map(({ log }) => log));
  const stored = new Map<string, string>();
  for (const log of logs) {
    const entries = await store.entries({ log, limit: 5_000 });
    const messages = await store.messages({ log, limit: 5_000 });
    if (entries.some(({ pos }, index) => pos !== index + 1))
      problems.push(`${log} has a hole in its positions`);
    if (messages.some(({ seq }, index) => seq !== index + 1))
      problems.push(`${log} has a hole in its numbers`);
    const [head] = await store.get([`${log}/head`]);
    const [pos, seq] = [entries.length, messages.length];
    if (JSON.stringify(head, ['pos', 'seq']) !== JSON.stringify({ pos, seq }))
      problems.push(`${log} has another head`);
    for (const entry of messages) {
      const element = entry.event.t === 'message' ? entry.event.elements[0] : undefined;
      const text = element?.type === 'TIMTextElem' ? element.payload.text : '';
      stored.set(`${log} ${entry.seq} ${entry.pos}`, text);
    }
  }
  for (const { log, seq, pos, text, clientID } of acked) {
    const found = stored.get(`${log} ${seq} ${pos}`);
    if (found === undefined) problems.push(`lost: ${clientID}, number ${seq} of ${log}`);
    else if (found !== text) problems.push(`changed: ${clientID}, number ${seq} of ${log}`);
  }
  await store.close();
  problems.push(...damageOf(path));
  return problems;
}

function damageOf(path: string): string[] {
  const db = new DatabaseSync(path);
  try {
    const report = db.prepare('PRAGMA integrity_check').all();
    return report.map((row) => String(row['integrity_check'])).filter((line) => line !== 'ok');
  } finally {
    db.close();
  }
}
