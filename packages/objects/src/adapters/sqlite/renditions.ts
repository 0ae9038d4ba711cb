import type { IndexCalls, Rendition } from '../../storage/object-index.ts';
import { acquireBlob, releaseBlob } from './blobs.ts';
import { integer, type Sql, text } from './statements.ts';

/** Why there is no other picture: the object's own is the one. */
const AS_IT_IS = 'asItIs';

type GetRequest = IndexCalls['getRendition']['request'];
type PutRequest = IndexCalls['putRendition']['request'];

export function getRendition(sql: Sql, { key, kind }: GetRequest): Rendition | undefined {
  const row = sql.get('SELECT * FROM renditions WHERE key = ? AND kind = ?', key, kind);
  if (row === undefined) return undefined;
  if (row['blob'] === null) {
    const reason = text(row, 'refusal');
    return reason === AS_IT_IS ? { outcome: AS_IT_IS } : { outcome: 'refused', reason };
  }
  return {
    outcome: 'ready',
    blob: text(row, 'blob'),
    size: integer(row, 'size'),
    mediaType: text(row, 'media_type'),
    width: integer(row, 'width'),
    height: integer(row, 'height'),
  };
}

export function putRendition(sql: Sql, request: PutRequest): IndexCalls['putRendition']['reply'] {
  const { key, kind, rendition, content } = request;
  const object = sql.get('SELECT app FROM objects WHERE key = ?', key);
  if (object === undefined || getRendition(sql, request) !== undefined) return { blobKept: false };
  if (rendition.outcome !== 'ready') {
    const reason = rendition.outcome === 'refused' ? rendition.reason : rendition.outcome;
    sql.run('INSERT INTO renditions (key, kind, refusal) VALUES (?, ?, ?)', key, kind, reason);
    return { blobKept: false };
  }
  const { blob: id, size, mediaType, width, height } = rendition;
  const kept = acquireBlob(sql, text(object, 'app'), { id, size, content });
  sql.run(
    `INSERT INTO renditions (key, kind, blob, size, media_type, width, height)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    key,
    kind,
    kept,
    size,
    mediaType,
    width,
    height,
  );
  return { blobKept: kept === id };
}

/** Gives back what was made of an object that goes. */
export function dropRenditions(sql: Sql, key: string): void {
  for (const row of sql.all('SELECT blob FROM renditions WHERE key = ? AND blob IS NOT NULL', key)) {
    releaseBlob(sql, text(row, 'blob'));
  }
  sql.run('DELETE FROM renditions WHERE key = ?', key);
}
