import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

/** Marks a file as ours: "STER" in ASCII. */
const APPLICATION_ID = 0x53544552;
/** 8 MB, so that copying stalls a commit for some 10 ms at most. */
const CHECKPOINT_PAGES = 1_000;
/** Measured: of 4, 8 and 16 KiB, the best for commits of 64 messages, and no worse than 4 for single ones. */
const PAGE_BYTES = 8192;
/** Page cache, in KiB. */
const CACHE_KIB = 32 * 1024;
const BUSY = 5;
const NOT_A_DATABASE = 26;
const SYNCHRONOUS = { NORMAL: 1, FULL: 2 } as const;

export interface OpenDatabaseOptions {
  /** The database file; its folder is made when missing. */
  path: string;
  /** Gives the data a new epoch: after a restore, clients must not continue from what they saw of the other future. */
  newEpoch?: boolean;
  /** NORMAL loses acknowledged commands when the power fails: only the test that proves so may ask for it. */
  synchronous?: keyof typeof SYNCHRONOUS;
  /** WAL frames before SQLite copies them into the database. */
  checkpointPages?: number;
}

/** Opens the database for this process alone, or says in a sentence why not. */
export function openDatabase(options: OpenDatabaseOptions): { db: DatabaseSync; epoch: string } {
  const { path, newEpoch = false, synchronous = 'FULL', checkpointPages = CHECKPOINT_PAGES } = options;
  mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path);
  try {
    takeAlone(db, path);
    setDurability(db, synchronous);
    db.exec(`PRAGMA cache_size = ${-CACHE_KIB}; PRAGMA wal_autocheckpoint = ${checkpointPages}`);
    migrate(db, path);
    return { db, epoch: epochOf(db, newEpoch) };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Nobody else may read or write meanwhile: what the engine remembers of the tables is exact only as long as it is the sole writer. */
function takeAlone(db: DatabaseSync, path: string): void {
  try {
    db.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA busy_timeout = 0; PRAGMA page_size = ${PAGE_BYTES}`);
    db.exec('PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; COMMIT');
  } catch (error) {
    if (codeOf(error) === BUSY) throw new Error(`${path} is in use by another process`, { cause: error });
    if (codeOf(error) === NOT_A_DATABASE) throw new Error(`${path} is not a database`, { cause: error });
    throw error;
  }
}

/** An acknowledgement means durable, so the setting is read back: a build of SQLite may have other ideas. */
function setDurability(db: DatabaseSync, synchronous: keyof typeof SYNCHRONOUS): void {
  db.exec(`PRAGMA synchronous = ${synchronous}`);
  const mode = pragma(db, 'journal_mode');
  const level = pragma(db, 'synchronous');
  if (mode === 'wal' && level === SYNCHRONOUS[synchronous]) return;
  throw new Error(
    `SQLite is at journal_mode ${String(mode)}, synchronous ${String(level)}: not durable, so not started`,
  );
}

function migrate(db: DatabaseSync, path: string): void {
  const version = Number(pragma(db, 'user_version'));
  const applicationID = Number(pragma(db, 'application_id'));
  const isEmpty = db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  if (applicationID !== APPLICATION_ID && !isEmpty)
    throw new Error(`${path} is a database of another program`);
  const steps = schemaSteps();
  if (version > steps.length) {
    throw new Error(
      `${path} was written by a newer version (schema ${version}, this one knows ${steps.length}): start that version`,
    );
  }
  for (const [index, step] of steps.entries()) {
    if (index < version) continue;
    db.exec(
      `BEGIN; ${step}; PRAGMA user_version = ${index + 1}; PRAGMA application_id = ${APPLICATION_ID}; COMMIT`,
    );
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

function epochOf(db: DatabaseSync, wantsNew: boolean): string {
  const stored = db.prepare(`SELECT value FROM meta WHERE name = 'epoch'`).get()?.['value'];
  if (typeof stored === 'string' && !wantsNew) return stored;
  const epoch = randomBytes(8).toString('hex');
  db.prepare(`INSERT OR REPLACE INTO meta (name, value) VALUES ('epoch', ?)`).run(epoch);
  return epoch;
}

function pragma(db: DatabaseSync, name: string): SQLOutputValue | undefined {
  return db.prepare(`PRAGMA ${name}`).get()?.[name];
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'errcode' in error ? error.errcode : undefined;
}
