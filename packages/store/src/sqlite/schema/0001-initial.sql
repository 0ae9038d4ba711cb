-- Facts about the data as a whole: `epoch`, and `applied`, the last journal row that is in the tables.
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value ANY NOT NULL
) STRICT, WITHOUT ROWID;

-- Records by key, in the order of the keys' bytes. Values are JSON.
CREATE TABLE record (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Logs by name. `changed` is the journal row that brought the newest entry.
CREATE TABLE log (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  pos INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  changed INTEGER NOT NULL
) STRICT;

-- Entries, those of one log side by side: `id` is log.id * 2^32 + pos. `seq` is null where the entry is no message.
-- `late` is log.id * 2^32 + seq for messages whose seq is not their pos, which is never the case before a log's first event:
-- so an ordinary conversation pays for no index.
CREATE TABLE entry (
  id INTEGER PRIMARY KEY,
  seq INTEGER,
  late INTEGER,
  data TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX entry_late ON entry (late) WHERE late IS NOT NULL;

-- What is durable and not yet in the tables above: one row for each commit, as JSON.
CREATE TABLE journal (
  id INTEGER PRIMARY KEY,
  data TEXT NOT NULL
) STRICT;
