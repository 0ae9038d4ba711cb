import type { IndexCalls, ObjectFacts, Segment, StoredObject } from '../../storage/object-index.ts';
import { acquireBlob, charge, exceeds, releaseBlob, retainBlob } from './blobs.ts';
import { readMetadata } from './metadata.ts';
import { dropRenditions } from './renditions.ts';
import { integer, type Row, type Sql, text } from './statements.ts';

export function putObject(
  sql: Sql,
  { facts, blob, quota }: IndexCalls['putObject']['request'],
): IndexCalls['putObject']['reply'] {
  const occupied = compareWithStored(sql, facts);
  if (occupied !== undefined) return { outcome: occupied, blobKept: false };
  const change = { bytes: facts.size, objects: 1 };
  if (exceeds(sql, facts, change, quota)) return { outcome: 'overQuota', blobKept: false };
  const segments = shareSegments(sql, facts) ?? [
    { blob: acquireBlob(sql, facts.app, blob), size: blob.size },
  ];
  insertObject(sql, facts, segments);
  charge(sql, facts, change);
  return { outcome: 'stored', blobKept: segments[0]?.blob === blob.id };
}

/** Takes references to the segments of an object of the same app that holds the same, however it was cut. */
export function shareSegments(sql: Sql, { app, content, size }: ObjectFacts): readonly Segment[] | undefined {
  const select = 'SELECT key FROM objects WHERE app = ? AND content = ? AND size = ? LIMIT 1';
  const equal = sql.get(select, app, content, size);
  if (equal === undefined) return undefined;
  const segments = readSegments(sql, text(equal, 'key'));
  for (const { blob } of segments) retainBlob(sql, blob);
  return segments;
}

/** An object never changes: the same upload again is a repeat, another one is refused. */
export function compareWithStored(sql: Sql, facts: ObjectFacts): 'same' | 'taken' | undefined {
  const row = sql.get('SELECT content, size, app FROM objects WHERE key = ?', facts.key);
  if (row === undefined) return undefined;
  const same =
    text(row, 'content') === facts.content &&
    integer(row, 'size') === facts.size &&
    text(row, 'app') === facts.app;
  return same ? 'same' : 'taken';
}

/** Writes the rows of an object whose segments' references are taken already. */
export function insertObject(sql: Sql, facts: ObjectFacts, segments: readonly Segment[]): void {
  sql.run(
    `INSERT INTO objects (key, app, owner, size, etag, content, media_type, created_ms, metadata)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    facts.key,
    facts.app,
    facts.owner,
    facts.size,
    facts.etag,
    facts.content,
    facts.mediaType,
    facts.createdMs,
    JSON.stringify(facts.metadata),
  );
  for (const [position, { blob, size }] of segments.entries()) {
    const insert = 'INSERT INTO segments (key, position, blob, size) VALUES (?, ?, ?, ?)';
    sql.run(insert, facts.key, position, blob, size);
  }
}

export function getObject(sql: Sql, key: string): StoredObject | undefined {
  const row = sql.get('SELECT * FROM objects WHERE key = ?', key);
  if (row === undefined) return undefined;
  return { ...readFacts(row), segments: readSegments(sql, key) };
}

function readSegments(sql: Sql, key: string): Segment[] {
  return sql
    .all('SELECT blob, size FROM segments WHERE key = ? ORDER BY position', key)
    .map((segment) => ({ blob: text(segment, 'blob'), size: integer(segment, 'size') }));
}

export function removeObject(sql: Sql, key: string): boolean {
  const object = getObject(sql, key);
  if (object === undefined) return false;
  for (const { blob } of object.segments) releaseBlob(sql, blob);
  dropRenditions(sql, key);
  sql.run('DELETE FROM uses WHERE key = ?', key);
  sql.run('DELETE FROM avatars WHERE key = ?', key);
  sql.run('DELETE FROM segments WHERE key = ?', key);
  sql.run('DELETE FROM objects WHERE key = ?', key);
  charge(sql, object, { bytes: -object.size, objects: -1 });
  return true;
}

export function keepObjects(
  sql: Sql,
  { keys, conversation, nowMs }: IndexCalls['keepObjects']['request'],
): number {
  const update = 'UPDATE objects SET kept_ms = coalesce(kept_ms, ?) WHERE key = ?';
  const there = keys.filter((key) => sql.run(update, nowMs, key) > 0);
  for (const key of there) sql.run('INSERT OR IGNORE INTO uses VALUES (?, ?)', key, conversation);
  return there.length;
}

export function conversationsOf(
  sql: Sql,
  { key, after, limit }: IndexCalls['conversationsOf']['request'],
): string[] {
  const select =
    'SELECT conversation FROM uses WHERE key = ? AND conversation > ? ORDER BY conversation LIMIT ?';
  return sql.all(select, key, after, limit).map((row) => text(row, 'conversation'));
}

export function expireUnkept(sql: Sql, createdBeforeMs: number, limit: number): number {
  const rows = sql.all(
    'SELECT key FROM objects WHERE kept_ms IS NULL AND created_ms < ? LIMIT ?',
    createdBeforeMs,
    limit,
  );
  for (const row of rows) removeObject(sql, text(row, 'key'));
  return rows.length;
}

function readFacts(row: Row): ObjectFacts {
  return {
    key: text(row, 'key'),
    app: text(row, 'app'),
    owner: text(row, 'owner'),
    size: integer(row, 'size'),
    etag: text(row, 'etag'),
    content: text(row, 'content'),
    mediaType: text(row, 'media_type'),
    createdMs: integer(row, 'created_ms'),
    metadata: readMetadata(text(row, 'metadata')),
  };
}
