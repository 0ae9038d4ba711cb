/** Bumped with every change of the tables; the file remembers the one it was made with. */
export const SCHEMA_VERSION = 4;

/**
 * References are counted on the blob row, in the transaction that makes or drops them. A blob whose count fell
 * to zero is never taken up again: it waits for the collector, and equal bytes get a new one.
 */
export const SCHEMA = `
  CREATE TABLE blobs (
    id TEXT PRIMARY KEY,
    app TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    refs INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX blobs_by_content ON blobs (app, sha256, size) WHERE refs > 0;
  CREATE INDEX blobs_unreferenced ON blobs (id) WHERE refs = 0;

  CREATE TABLE objects (
    key TEXT PRIMARY KEY,
    app TEXT NOT NULL,
    owner TEXT NOT NULL,
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    metadata TEXT NOT NULL,
    kept_ms INTEGER
  ) STRICT;
  CREATE INDEX objects_by_content ON objects (app, sha256, size);
  CREATE INDEX objects_unkept ON objects (created_ms) WHERE kept_ms IS NULL;

  CREATE TABLE segments (
    key TEXT NOT NULL,
    position INTEGER NOT NULL,
    blob TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (key, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE uploads (
    id TEXT PRIMARY KEY,
    app TEXT NOT NULL,
    owner TEXT NOT NULL,
    key TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    max_bytes INTEGER NOT NULL,
    metadata TEXT NOT NULL,
    bytes INTEGER NOT NULL DEFAULT 0,
    completed_etag TEXT,
    completed_ms INTEGER
  ) STRICT;
  CREATE INDEX uploads_by_key ON uploads (key, id) WHERE completed_etag IS NULL;
  CREATE INDEX uploads_by_owner ON uploads (app, owner) WHERE completed_etag IS NULL;
  CREATE INDEX uploads_open ON uploads (created_ms) WHERE completed_etag IS NULL;
  CREATE INDEX uploads_completed ON uploads (completed_ms) WHERE completed_etag IS NOT NULL;

  CREATE TABLE parts (
    upload TEXT NOT NULL,
    number INTEGER NOT NULL,
    blob TEXT NOT NULL,
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    PRIMARY KEY (upload, number)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE renditions (
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    blob TEXT,
    size INTEGER,
    media_type TEXT,
    width INTEGER,
    height INTEGER,
    refusal TEXT,
    PRIMARY KEY (key, kind)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE usage (
    app TEXT NOT NULL,
    owner TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    objects INTEGER NOT NULL,
    PRIMARY KEY (app, owner)
  ) STRICT, WITHOUT ROWID;
`;

/** Since version 2: in which conversations an object was named. */
export const USES = `
  CREATE TABLE uses (
    key TEXT NOT NULL,
    conversation TEXT NOT NULL,
    PRIMARY KEY (key, conversation)
  ) STRICT, WITHOUT ROWID;
`;

/** Since version 3: which places show an object. */
export const AVATARS = `
  CREATE TABLE avatars (
    key TEXT NOT NULL,
    place TEXT NOT NULL,
    PRIMARY KEY (key, place)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX avatars_by_place ON avatars (place);
`;

/** Since version 4 content is known by its leaves, which for up to a MiB is the SHA-256 that it was known by before. */
export const LEAVES = `
  ALTER TABLE blobs RENAME COLUMN sha256 TO content;
  ALTER TABLE objects RENAME COLUMN sha256 TO content;
  ALTER TABLE parts ADD COLUMN leaves TEXT NOT NULL DEFAULT '';
`;
