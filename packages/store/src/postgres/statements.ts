/** Every statement of the engine. Names are found by the search path, which is the schema alone. */
export const SQL = {
  /** Marks the transaction, for `write` to recognise. */
  mark: `SELECT set_config('sterna.batch', $1, true)`,
  /** Takes the locks in the order of the array: the same everywhere, so that batches never wait for each other in a circle. */
  lock: `
    SELECT CASE WHEN exclusive THEN pg_advisory_xact_lock(scope)::text ELSE pg_advisory_xact_lock_shared(scope)::text END
    FROM unnest($1::bigint[], $2::boolean[]) AS wanted (scope, exclusive)`,
  records: `SELECT key, value FROM record WHERE key = ANY ($1::text[])`,
  logStates: `
    SELECT name, id,
      (SELECT pos FROM entry WHERE entry.log = log.id ORDER BY pos DESC LIMIT 1) AS pos,
      (SELECT seq FROM entry WHERE entry.log = log.id AND seq IS NOT NULL ORDER BY seq DESC LIMIT 1) AS seq
    FROM log WHERE name = ANY ($1::text[])`,
  scanUp: `
    SELECT key, value FROM record
    WHERE key >= $1 AND ($2::text IS NULL OR key < $2) AND ($3::text IS NULL OR key > $3) ORDER BY key LIMIT $4`,
  scanDown: `
    SELECT key, value FROM record
    WHERE key >= $1 AND ($2::text IS NULL OR key < $2) AND ($3::text IS NULL OR key < $3) ORDER BY key DESC LIMIT $4`,
  entries: `
    SELECT pos, seq, data FROM entry
    WHERE log = (SELECT id FROM log WHERE name = $1) AND pos BETWEEN $2 AND $3 ORDER BY pos`,
  messages: `
    SELECT pos, seq, data FROM entry
    WHERE log = (SELECT id FROM log WHERE name = $1) AND seq BETWEEN $2 AND $3 ORDER BY seq`,
  /**
   * Everything that a batch wrote, or nothing: nothing where this is not the transaction that took the locks,
   * because the connection was lost since and the driver made another. Answers whether it was the right one.
   */
  write: `
    WITH here AS (SELECT 1 WHERE current_setting('sterna.batch', true) = $1),
    put AS (
      INSERT INTO record (key, value) SELECT k, v FROM here, unnest($2::text[], $3::text[]) AS t (k, v)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value
    ),
    removed AS (DELETE FROM record USING here, unnest($4::text[]) AS t (k) WHERE key = k),
    added AS (INSERT INTO log (name) SELECT n FROM here, unnest($5::text[]) AS t (n) RETURNING id, name),
    appended AS (
      INSERT INTO entry (log, pos, seq, data)
      SELECT coalesce(t.id, added.id), t.pos, t.seq, t.data
      FROM here, unnest($6::bigint[], $7::text[], $8::bigint[], $9::bigint[], $10::text[]) AS t (id, name, pos, seq, data)
      LEFT JOIN added ON added.name = t.name
    ),
    amended AS (
      UPDATE entry SET data = t.data
      FROM here, unnest($11::bigint[], $12::bigint[], $13::text[]) AS t (id, pos, data)
      WHERE entry.log = t.id AND entry.pos = t.pos
    )
    SELECT 1 FROM here`,
  logs: `SELECT name FROM log WHERE name > $1 ORDER BY name LIMIT $2`,
  /** Commits, and fails where there is no transaction: a plain COMMIT would call that a success. */
  commit: 'COMMIT AND CHAIN; ROLLBACK',
  snapshot: 'SELECT pg_current_snapshot()::text AS snapshot',
  /** What has become visible since a snapshot, and the present one. */
  changes: `
    SELECT pg_current_snapshot()::text AS snapshot, name, max(pos) AS pos
    FROM (VALUES ($1::pg_snapshot)) AS since (snapshot)
    LEFT JOIN entry ON xid >= pg_snapshot_xmin(since.snapshot) AND NOT pg_visible_in_snapshot(xid, since.snapshot)
    LEFT JOIN log ON log.id = entry.log
    GROUP BY name`,
} as const;
