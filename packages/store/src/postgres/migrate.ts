import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sql } from 'postgres';
import { run, textIn } from './connect.ts';

/** One migration at a time, whichever processes start together; "ster" and a number of our own. */
const MIGRATION_LOCK = 0x73746572_01;

/**
 * Brings the schema up to date and answers the epoch of the data. `sql` is a single connection.
 * Refused in a sentence: a server that would lose commits, and data of a newer version.
 */
export async function migrate(sql: Sql, schema: string, wantsNewEpoch: boolean): Promise<string> {
  await requireDurable(sql);
  await run(sql, 'SELECT pg_advisory_lock($1)::text', [MIGRATION_LOCK]);
  try {
    await sql.unsafe(`CREATE SCHEMA IF NOT EXISTS ${quoted(schema)}`);
    await sql.unsafe(
      'CREATE TABLE IF NOT EXISTS migration (version int PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())',
    );
    await applySteps(sql, schema);
    return await epochOf(sql, wantsNewEpoch);
  } finally {
    await run(sql, 'SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  }
}

async function requireDurable(sql: Sql): Promise<void> {
  const [row] = await run(
    sql,
    `SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages, current_setting('synchronous_commit') AS commit`,
  );
  if (row === undefined) throw new Error('PostgreSQL does not say how it is set up');
  const [fsync, pages, commit] = [textIn(row, 'fsync'), textIn(row, 'pages'), textIn(row, 'commit')];
  if (fsync === 'on' && pages === 'on' && commit === 'on') return;
  throw new Error(
    `PostgreSQL is at fsync ${fsync}, full_page_writes ${pages}, synchronous_commit ${commit}: not durable, so not started`,
  );
}

async function applySteps(sql: Sql, schema: string): Promise<void> {
  const steps = schemaSteps();
  const [row] = await run(sql, 'SELECT coalesce(max(version), 0)::text AS version FROM migration');
  const version = row === undefined ? 0 : Number(textIn(row, 'version'));
  if (version > steps.length) {
    throw new Error(
      `the schema ${schema} was written by a newer version (${version}, this one knows ${steps.length}): start that version`,
    );
  }
  for (const [index, step] of steps.entries()) {
    if (index < version) continue;
    // One message without parameters is one transaction: a step is applied whole or not at all.
    await sql.unsafe(`${step}; INSERT INTO migration (version) VALUES (${index + 1})`);
  }
}

/** The files of `schema/`, in the order of their numbers. */
function schemaSteps(): string[] {
  const folder = join(import.meta.dirname, 'schema');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

async function epochOf(sql: Sql, wantsNew: boolean): Promise<string> {
  const [stored] = await run(sql, `SELECT value FROM meta WHERE name = 'epoch'`);
  if (stored !== undefined && !wantsNew) return textIn(stored, 'value');
  const epoch = randomBytes(8).toString('hex');
  await run(
    sql,
    `INSERT INTO meta (name, value) VALUES ('epoch', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    [epoch],
  );
  // Restored into another cluster, rows may bear transaction numbers that are yet to come there.
  await run(sql, `UPDATE entry SET xid = '0' WHERE xid > pg_current_xact_id()`);
  return epoch;
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
