import postgres, { type Sql } from 'postgres';

export interface ConnectOptions {
  /** `postgres://user:password@host:port/database`, with `?sslmode=` where wanted. */
  url: string;
  /** The schema that holds the tables; made when missing. */
  schema: string;
}

/** Seconds to reach the server. */
const CONNECT_S = 5;
/** A statement, or the wait for a lock, that takes longer is given up, and its batch with it. */
const STATEMENT_MS = 10_000;
/** A transaction that its process has forgotten is ended by the server. */
const FORGOTTEN_MS = 15_000;
/** Seconds between attempts to reconnect. */
const RECONNECT_S = 0.3;

/**
 * A pool of connections. With `max` 1 it is one connection after another, and queries go out in the order of the calls.
 * Commits wait for the disk, whatever the server's default is.
 */
export function connectTo({ url, schema }: ConnectOptions, max: number): Sql {
  return postgres(url, {
    max,
    connect_timeout: CONNECT_S,
    backoff: () => RECONNECT_S,
    // A connection that ends of itself could do so inside a transaction.
    max_lifetime: null,
    fetch_types: false,
    onnotice: () => undefined,
    connection: {
      // Shown in pg_stat_activity, where one server serves several installations.
      application_name: schema,
      search_path: schema,
      synchronous_commit: 'on',
      statement_timeout: STATEMENT_MS,
      lock_timeout: STATEMENT_MS,
      idle_in_transaction_session_timeout: FORGOTTEN_MS,
    },
  });
}

/** A row as the driver gives it: every value is text or null, but for what a cast makes of it. */
export type Row = Readonly<Record<string, unknown>>;

/** Runs a prepared statement, sent at once; parameters are texts, numbers or null. */
export async function run(
  sql: Sql,
  statement: string,
  parameters: readonly (string | number | null)[] = [],
): Promise<Row[]> {
  return await sql.unsafe<Row[]>(statement, [...parameters], { prepare: true });
}

/** Runs what has no parameters and no answer. Sent at once: the driver's own queries wait until somebody awaits them. */
export async function command(sql: Sql, statement: string): Promise<void> {
  await sql.unsafe(statement);
}

export function textIn(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`expected text in ${column}, found ${typeof value}`);
  return value;
}

/** A bigint column, which arrives as text; null where it is null. */
export function numberIn(row: Row, column: string): number | null {
  return row[column] === null ? null : Number(textIn(row, column));
}
