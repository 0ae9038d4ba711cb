import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { objectIndexContract } from '../../storage/object-index.contract.ts';
import { openDatabase } from './engine.ts';
import { openInlineIndex } from './inline-index.ts';
import { openThreadIndex } from './thread-index.ts';

objectIndexContract('on the same thread', async () => openInlineIndex());

objectIndexContract('in a thread', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sterna-index-'));
  const index = await openThreadIndex(join(folder, 'index.db'));
  return {
    ...index,
    close: async () => {
      await index.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
});

const inFolder = async (check: (path: string) => Promise<void>) => {
  const folder = await mkdtemp(join(tmpdir(), 'sterna-index-'));
  await check(join(folder, 'index.db'));
  await rm(folder, { recursive: true });
};

test('what was stored is there after the next start', () =>
  inFolder(async (path) => {
    const facts = {
      key: 'a',
      app: '1',
      owner: 'alice',
      size: 1,
      etag: 'e',
      content: 's',
      mediaType: 't',
      createdMs: 1,
      metadata: {},
    };
    const first = await openThreadIndex(path);
    await first.putObject({
      facts,
      blob: { id: 'b', size: 1, content: 's' },
      quota: { bytes: 9, objects: 9 },
    });
    await first.close();
    const second = await openThreadIndex(path);
    expect(await second.getObject({ key: 'a' })).toMatchObject(facts);
    await second.close();
  }));

const TO_THIRD = `ALTER TABLE blobs RENAME COLUMN content TO sha256; ALTER TABLE objects RENAME COLUMN content TO sha256;
  ALTER TABLE parts DROP COLUMN leaves; PRAGMA user_version = 3;`;
const TO_SECOND = `${TO_THIRD} DROP TABLE avatars; PRAGMA user_version = 2;`;
const TO_FIRST = `${TO_SECOND} DROP TABLE uses; PRAGMA user_version = 1;`;

test.each([
  ['first', TO_FIRST],
  ['second', TO_SECOND],
  ['third', TO_THIRD],
])('a file of the %s version has from now on what came since', (_, older) =>
  inFolder(async (path) => {
    const db = openDatabase(path);
    db.exec(older);
    db.exec(`INSERT INTO objects VALUES ('k', '1', 'alice', 1, 'e', 'digest', 't', 1, '{}', NULL)`);
    db.exec(`INSERT INTO parts VALUES ('u', 1, 'b', 5, 'e')`);
    db.close();
    const index = openInlineIndex(path);
    expect(await index.conversationsOf({ key: 'k', after: '', limit: 1 })).toEqual([]);
    expect(await index.avatarsOf({ place: 'p' })).toEqual([]);
    expect(await index.getObject({ key: 'k' })).toMatchObject({ content: 'digest' });
    expect(await index.listParts({ uploadID: 'u', after: 0, limit: 1 })).toMatchObject([{ leaves: '' }]);
    await index.close();
  }),
);

test('two services cannot share one file', () =>
  inFolder(async (path) => {
    const first = await openThreadIndex(path);
    await expect(openThreadIndex(path)).rejects.toThrow(/lock/);
    await first.close();
  }));

test('a file of a newer version is not touched', () =>
  inFolder(async (path) => {
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 99');
    db.close();
    await expect(openThreadIndex(path)).rejects.toThrow(/newer version \(99/);
  }));

test('commits are durable against a power cut', () =>
  inFolder(async (path) => {
    const db = openDatabase(path);
    expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    db.close();
  }));
