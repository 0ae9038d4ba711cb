-- A key under which an entry is found for ever, as if it were a record that says where the entry is: a duplicate check.
-- An index of the entries, and no record of its own: so a message is one row.
ALTER TABLE entry ADD COLUMN once TEXT;
UPDATE entry SET once = record.key
FROM record JOIN log ON log.name = record.value ->> 'log'
WHERE record.key >= 'd/' AND record.key < 'd0' AND entry.id = log.id * 4294967296 + (record.value ->> 'pos');
DELETE FROM record WHERE key >= 'd/' AND key < 'd0';
CREATE INDEX entry_once ON entry (once) WHERE once IS NOT NULL;
