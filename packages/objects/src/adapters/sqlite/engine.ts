import { DatabaseSync } from 'node:sqlite';
import type { IndexCallName, IndexCalls } from '../../storage/object-index.ts';
import * as avatars from './avatars.ts';
import { knownBlobs, readUsage, takeGarbage } from './blobs.ts';
import * as objects from './objects.ts';
import { getRendition, putRendition } from './renditions.ts';
import { AVATARS, LEAVES, SCHEMA, SCHEMA_VERSION, USES } from './schema.ts';
import { integer, prepareSql, type Sql } from './statements.ts';
import * as uploads from './uploads.ts';

type Engine = {
  [Name in IndexCallName]: (request: IndexCalls[Name]['request']) => IndexCalls[Name]['reply'];
};

export type IndexCommand = { name: IndexCallName; request: unknown };
export type IndexResult = { ok: true; reply: unknown } | { ok: false; message: string };

/** Opens the index file, makes its tables, and holds it alone: a second process is refused. */
export function openDatabase(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  db.exec(`
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -8192;
  `);
  migrate(db);
  return db;
}

function migrate(db: DatabaseSync): void {
  db.exec('BEGIN IMMEDIATE');
  const row = db.prepare('PRAGMA user_version').get();
  const version = row === undefined ? 0 : integer(row, 'user_version');
  if (version === 0) db.exec(SCHEMA);
  if (version < 2) db.exec(USES);
  if (version < 3) db.exec(AVATARS);
  if (version < 4) db.exec(LEAVES);
  if (version < SCHEMA_VERSION) db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  db.exec('COMMIT');
  if (version > SCHEMA_VERSION) {
    throw new Error(`The object index was written by a newer version (${version}, not ${SCHEMA_VERSION}).`);
  }
}

/** Runs batches of commands, each batch one durable transaction and each command all or nothing within it. */
export function createEngine(db: DatabaseSync): (commands: readonly IndexCommand[]) => IndexResult[] {
  const engine = createCalls(prepareSql(db));
  const runOne = ({ name, request }: IndexCommand): IndexResult => {
    db.exec('SAVEPOINT command');
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- IndexCalls types both ends of the queue; only the thread between them forgets it
      const call = engine[name] as (request: unknown) => unknown;
      const reply = call(request);
      db.exec('RELEASE command');
      return { ok: true, reply };
    } catch (error) {
      db.exec('ROLLBACK TO command; RELEASE command');
      return { ok: false, message: error instanceof Error ? error.message : String(error) };
    }
  };
  return (commands) => {
    db.exec('BEGIN IMMEDIATE');
    try {
      const results = commands.map(runOne);
      db.exec('COMMIT');
      return results;
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  };
}

function createCalls(sql: Sql): Engine {
  return {
    putObject: (request) => objects.putObject(sql, request),
    getObject: ({ key }) => objects.getObject(sql, key),
    removeObject: ({ key }) => objects.removeObject(sql, key),
    keepObjects: (request) => objects.keepObjects(sql, request),
    keepAvatar: (request) => avatars.keepAvatar(sql, request),
    avatarsOf: ({ place }) => avatars.avatarsOf(sql, place),
    releaseAvatars: (request) => avatars.releaseAvatars(sql, request),
    isAvatar: (request) => avatars.isAvatar(sql, request),
    conversationsOf: (request) => objects.conversationsOf(sql, request),
    beginUpload: (request) => uploads.beginUpload(sql, request),
    getUpload: ({ id }) => uploads.getUpload(sql, id),
    listUploads: (paging) => uploads.listUploads(sql, paging),
    putPart: (request) => uploads.putPart(sql, request),
    listParts: ({ uploadID, after, limit }) => uploads.listParts(sql, uploadID, after, limit),
    completeUpload: (request) => uploads.completeUpload(sql, request),
    completedEtag: ({ id, key }) => uploads.completedEtag(sql, id, key),
    abortUpload: ({ id }) => uploads.abortUpload(sql, id),
    getRendition: (request) => getRendition(sql, request),
    putRendition: (request) => putRendition(sql, request),
    usage: ({ app, owner }) => readUsage(sql, app, owner),
    expireUploads: (request) => uploads.expireUploads(sql, request),
    expireUnkept: ({ createdBeforeMs, limit }) => objects.expireUnkept(sql, createdBeforeMs, limit),
    takeGarbage: ({ limit }) => takeGarbage(sql, limit),
    knownBlobs: ({ ids }) => knownBlobs(sql, ids),
  };
}
