import type { NewBlob } from '../../storage/object-index.ts';
import { integer, type Row, type Sql, text } from './statements.ts';

/** Takes a reference to the bytes: to an equal blob of the same app if there is one, else to the new one. */
export function acquireBlob(sql: Sql, app: string, blob: NewBlob): string {
  const equal = equalBlob(sql, app, blob);
  if (equal === undefined) {
    const { id, content, size } = blob;
    sql.run(
      'INSERT INTO blobs (id, app, content, size, refs) VALUES (?, ?, ?, ?, 1)',
      id,
      app,
      content,
      size,
    );
    return id;
  }
  const id = text(equal, 'id');
  retainBlob(sql, id);
  return id;
}

/** Takes one more reference to a blob that has some. */
export function retainBlob(sql: Sql, id: string): void {
  sql.run('UPDATE blobs SET refs = refs + 1 WHERE id = ?', id);
}

function equalBlob(sql: Sql, app: string, { content, size }: NewBlob): Row | undefined {
  const select = 'SELECT id FROM blobs WHERE app = ? AND content = ? AND size = ? AND refs > 0';
  return sql.get(select, app, content, size);
}

/** Gives a reference back. */
export function releaseBlob(sql: Sql, id: string): void {
  sql.run('UPDATE blobs SET refs = refs - 1 WHERE id = ?', id);
}

export function takeGarbage(sql: Sql, limit: number): string[] {
  const rows = sql.all('SELECT id FROM blobs WHERE refs = 0 LIMIT ?', limit);
  const ids = rows.map((row) => text(row, 'id'));
  for (const id of ids) sql.run('DELETE FROM blobs WHERE id = ? AND refs = 0', id);
  return ids;
}

export function knownBlobs(sql: Sql, ids: readonly string[]): string[] {
  return ids.filter((id) => sql.get('SELECT 1 FROM blobs WHERE id = ?', id) !== undefined);
}

export type Usage = { bytes: number; objects: number };

export function readUsage(sql: Sql, app: string, owner: string): Usage {
  const row = sql.get('SELECT bytes, objects FROM usage WHERE app = ? AND owner = ?', app, owner);
  return row === undefined
    ? { bytes: 0, objects: 0 }
    : { bytes: integer(row, 'bytes'), objects: integer(row, 'objects') };
}

/** Adds to what a user keeps; a negative change gives back. */
export function charge(sql: Sql, { app, owner }: { app: string; owner: string }, change: Usage): void {
  sql.run(
    `INSERT INTO usage (app, owner, bytes, objects) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes, objects = objects + excluded.objects`,
    app,
    owner,
    change.bytes,
    change.objects,
  );
}

/** Whether a change would take a user over the quota. */
export function exceeds(
  sql: Sql,
  { app, owner }: { app: string; owner: string },
  change: Usage,
  quota: Usage,
): boolean {
  const used = readUsage(sql, app, owner);
  return used.bytes + change.bytes > quota.bytes || used.objects + change.objects > quota.objects;
}
