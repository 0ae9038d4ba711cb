import type { IndexCalls, ObjectFacts, Paging, Part, Quota, Upload } from '../../storage/object-index.ts';
import { acquireBlob, charge, exceeds, releaseBlob, retainBlob } from './blobs.ts';
import { readMetadata } from './metadata.ts';
import { compareWithStored, insertObject, shareSegments } from './objects.ts';
import { integer, type Row, type Sql, text } from './statements.ts';

type Reply<Name extends keyof IndexCalls> = IndexCalls[Name]['reply'];
type Request<Name extends keyof IndexCalls> = IndexCalls[Name]['request'];

export function beginUpload(sql: Sql, { upload, mostOpen }: Request<'beginUpload'>): Reply<'beginUpload'> {
  const { id, app, owner, key, createdMs, maxBytes, metadata } = upload;
  const open = sql.get(
    'SELECT count(*) AS open FROM uploads WHERE app = ? AND owner = ? AND completed_etag IS NULL',
    app,
    owner,
  );
  if (open !== undefined && integer(open, 'open') >= mostOpen) return 'tooMany';
  sql.run(
    'INSERT INTO uploads (id, app, owner, key, created_ms, max_bytes, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)',
    id,
    app,
    owner,
    key,
    createdMs,
    maxBytes,
    JSON.stringify(metadata),
  );
  return 'begun';
}

export function getUpload(sql: Sql, id: string): Upload | undefined {
  const row = openRow(sql, id);
  return row === undefined ? undefined : readUpload(row);
}

/** In the order of key and id, after the given pair, as the listing's markers say it. No key has U+10FFFF. */
export function listUploads(sql: Sql, { prefix, after, limit }: Paging): Upload[] {
  const rows = sql.all(
    `SELECT * FROM uploads
     WHERE completed_etag IS NULL AND key >= ?1 AND key < ?1 || char(0x10ffff)
       AND (key > ?2 OR (key = ?2 AND id > ?3))
     ORDER BY key, id LIMIT ?4`,
    prefix,
    after.key,
    after.id,
    limit,
  );
  return rows.map(readUpload);
}

export function putPart(sql: Sql, { uploadID, part, blob, quota }: Request<'putPart'>): Reply<'putPart'> {
  const row = openRow(sql, uploadID);
  if (row === undefined) return { outcome: 'gone', blobKept: false };
  const upload = readUpload(row);
  const replaced = sql.get(
    'SELECT blob, size FROM parts WHERE upload = ? AND number = ?',
    uploadID,
    part.number,
  );
  const change = { bytes: part.size - (replaced === undefined ? 0 : integer(replaced, 'size')), objects: 0 };
  if (integer(row, 'bytes') + change.bytes > upload.maxBytes) return { outcome: 'tooLarge', blobKept: false };
  if (exceeds(sql, upload, change, quota)) return { outcome: 'overQuota', blobKept: false };

  const kept = acquireBlob(sql, upload.app, blob);
  if (replaced !== undefined) releaseBlob(sql, text(replaced, 'blob'));
  sql.run(
    'INSERT OR REPLACE INTO parts (upload, number, blob, size, etag, leaves) VALUES (?, ?, ?, ?, ?, ?)',
    uploadID,
    part.number,
    kept,
    part.size,
    part.etag,
    part.leaves,
  );
  sql.run('UPDATE uploads SET bytes = bytes + ? WHERE id = ?', change.bytes, uploadID);
  charge(sql, upload, change);
  return { outcome: 'stored', blobKept: kept === blob.id };
}

export function listParts(sql: Sql, uploadID: string, after: number, limit: number): Part[] {
  return sql
    .all(
      'SELECT * FROM parts WHERE upload = ? AND number > ? ORDER BY number LIMIT ?',
      uploadID,
      after,
      limit,
    )
    .map((row) => ({
      number: integer(row, 'number'),
      size: integer(row, 'size'),
      etag: text(row, 'etag'),
      leaves: text(row, 'leaves'),
      blob: text(row, 'blob'),
    }));
}

export function completeUpload(sql: Sql, request: Request<'completeUpload'>): Reply<'completeUpload'> {
  const { uploadID, facts, parts, quota } = request;
  const row = openRow(sql, uploadID);
  if (row === undefined) return 'gone';
  const stored = new Map(listParts(sql, uploadID, 0, -1).map((part) => [part.number, part.blob]));
  if (parts.some(({ number, blob }) => stored.get(number) !== blob)) return 'changed';

  const occupied = compareWithStored(sql, facts);
  if (occupied === 'taken') return 'taken';
  if (occupied === undefined && !becomeObject(sql, integer(row, 'bytes'), { facts, parts, quota })) {
    return 'overQuota';
  }
  dropParts(sql, readUpload(row), integer(row, 'bytes'));
  sql.run(
    'UPDATE uploads SET completed_etag = ?, completed_ms = ?, bytes = 0 WHERE id = ?',
    facts.etag,
    facts.createdMs,
    uploadID,
  );
  return occupied ?? 'stored';
}

export function completedEtag(sql: Sql, id: string, key: string): string | undefined {
  const row = sql.get('SELECT completed_etag FROM uploads WHERE id = ? AND key = ?', id, key);
  const etag = row?.['completed_etag'];
  return typeof etag === 'string' ? etag : undefined;
}

export function abortUpload(sql: Sql, id: string): boolean {
  const row = openRow(sql, id);
  if (row === undefined) return false;
  dropParts(sql, readUpload(row), integer(row, 'bytes'));
  sql.run('DELETE FROM uploads WHERE id = ?', id);
  return true;
}

export function expireUploads(sql: Sql, request: Request<'expireUploads'>): number {
  const { beganBeforeMs, completedBeforeMs, limit } = request;
  const rows = sql.all(
    'SELECT id FROM uploads WHERE completed_etag IS NULL AND created_ms < ? LIMIT ?',
    beganBeforeMs,
    limit,
  );
  for (const row of rows) abortUpload(sql, text(row, 'id'));
  const forgotten = sql.run(
    `DELETE FROM uploads WHERE id IN
     (SELECT id FROM uploads WHERE completed_etag IS NOT NULL AND completed_ms < ? LIMIT ?)`,
    completedBeforeMs,
    limit,
  );
  return rows.length + forgotten;
}

/** Takes the object's own references, to the parts' blobs or to equal ones that are here already, if the quota has room once the parts are gone. */
function becomeObject(
  sql: Sql,
  partBytes: number,
  { facts, parts, quota }: { facts: ObjectFacts; parts: readonly Part[]; quota: Quota },
): boolean {
  if (exceeds(sql, facts, { bytes: facts.size - partBytes, objects: 1 }, quota)) return false;
  const shared = shareSegments(sql, facts);
  if (shared === undefined) for (const { blob } of parts) retainBlob(sql, blob);
  insertObject(sql, facts, shared ?? parts);
  charge(sql, facts, { bytes: facts.size, objects: 1 });
  return true;
}

function dropParts(sql: Sql, upload: Upload, bytes: number): void {
  for (const { blob } of listParts(sql, upload.id, 0, -1)) releaseBlob(sql, blob);
  sql.run('DELETE FROM parts WHERE upload = ?', upload.id);
  charge(sql, upload, { bytes: -bytes, objects: 0 });
}

function openRow(sql: Sql, id: string): Row | undefined {
  return sql.get('SELECT * FROM uploads WHERE id = ? AND completed_etag IS NULL', id);
}

function readUpload(row: Row): Upload {
  return {
    id: text(row, 'id'),
    app: text(row, 'app'),
    owner: text(row, 'owner'),
    key: text(row, 'key'),
    createdMs: integer(row, 'created_ms'),
    maxBytes: integer(row, 'max_bytes'),
    metadata: readMetadata(text(row, 'metadata')),
  };
}
