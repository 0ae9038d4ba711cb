-- Facts about the data as a whole: `epoch`.
CREATE TABLE meta (
  name text PRIMARY KEY,
  value text NOT NULL
);

-- Records by key, in the order of the keys' bytes. Values are JSON, as text: jsonb refuses some of what a string may hold.
CREATE TABLE record (
  key text COLLATE "C" PRIMARY KEY,
  value text NOT NULL
);

-- Logs by name. Their state is that of their newest entry.
CREATE TABLE log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text COLLATE "C" NOT NULL UNIQUE
);

-- Entries. `seq` is null where the entry is no message. `xid` is the transaction that brought it:
-- with a snapshot, it tells what has become visible since an earlier one, in whatever order transactions committed.
CREATE TABLE entry (
  log bigint NOT NULL,
  pos bigint NOT NULL,
  seq bigint,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  data text NOT NULL,
  PRIMARY KEY (log, pos)
);
CREATE UNIQUE INDEX entry_seq ON entry (log, seq) WHERE seq IS NOT NULL;
CREATE INDEX entry_xid ON entry (xid);
