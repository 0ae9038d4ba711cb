import type { IndexCalls } from '../../storage/object-index.ts';
import { type Sql, text } from './statements.ts';

export function keepAvatar(sql: Sql, { place, key, nowMs }: IndexCalls['keepAvatar']['request']): boolean {
  const kept = sql.run('UPDATE objects SET kept_ms = coalesce(kept_ms, ?) WHERE key = ?', nowMs, key) > 0;
  if (kept) sql.run('INSERT OR IGNORE INTO avatars VALUES (?, ?)', key, place);
  return kept;
}

export function avatarsOf(sql: Sql, place: string): string[] {
  return sql
    .all('SELECT key FROM avatars WHERE place = ? ORDER BY key', place)
    .map((row) => text(row, 'key'));
}

export function releaseAvatars(sql: Sql, { place, keys }: IndexCalls['releaseAvatars']['request']): number {
  const released = keys.filter(
    (key) => sql.run('DELETE FROM avatars WHERE key = ? AND place = ?', key, place) > 0,
  );
  for (const key of released)
    sql.run(
      `UPDATE objects SET kept_ms = NULL WHERE key = ?1
         AND NOT EXISTS (SELECT 1 FROM avatars WHERE key = ?1)
         AND NOT EXISTS (SELECT 1 FROM uses WHERE key = ?1)`,
      key,
    );
  return released.length;
}

export function isAvatar(sql: Sql, { app, key }: IndexCalls['isAvatar']['request']): boolean {
  const select =
    'SELECT 1 FROM avatars JOIN objects ON objects.key = avatars.key WHERE avatars.key = ? AND app = ? LIMIT 1';
  return sql.get(select, key, app) !== undefined;
}
