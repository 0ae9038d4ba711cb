import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SearchIndex } from '@sterna/core';
import { searchIndexCases } from '@sterna/core/testing/contracts';
import { afterAll, expect, test } from 'vitest';
import { openSearchIndex } from './search-index.ts';

const folder = mkdtempSync(join(tmpdir(), 'sterna-search-'));
let files = 0;
const freshPath = (): string => join(folder, `${files++}.db`);
afterAll(() => rmSync(folder, { recursive: true }));

test.each(searchIndexCases)('on SQLite: $name', async ({ run }) => {
  const path = freshPath();
  let index: SearchIndex = await openSearchIndex(path);
  const reopen = async (): Promise<SearchIndex> => {
    await index.close();
    index = await openSearchIndex(path);
    return index;
  };
  await run({ index, reopen });
  await index.close();
});

test('a file that is no index is thrown away, and one that was dropped leaves no words behind', async () => {
  const path = freshPath();
  writeFileSync(path, 'no database at all, but a page of text'.repeat(300));
  const index = await openSearchIndex(path);
  const nothing = { put: [], drop: [], putNamed: [], dropNamed: [], followed: [] };
  const document = { log: 'a', from: 'ann', type: 'TIMTextElem' };
  const put = Array.from({ length: 50 }, (_, at) => ({
    ...document,
    seq: at + 1,
    timeMs: at,
    words: [at === 7 ? 'canary' : 'quail'],
  }));
  await index.apply({ ...nothing, put });
  await index.apply({ ...nothing, drop: [{ log: 'a', seq: 8 }] });
  await index.close();
  const bytes = readFileSync(path).toString('latin1');
  expect(bytes).toContain('quail');
  expect(bytes).not.toContain('canary');
});

test('five hundred conversations are one question', async () => {
  const index = await openSearchIndex(freshPath());
  const nothing = { put: [], drop: [], putNamed: [], dropNamed: [], followed: [] };
  const logs = Array.from({ length: 500 }, (_, at) => `log ${at}`);
  const document = { from: 'ann', type: 'TIMTextElem', words: ['tea'], seq: 1 };
  await index.apply({ ...nothing, put: logs.map((log, timeMs) => ({ ...document, log, timeMs })) });
  const query = {
    reader: 'ann',
    phrases: [['tea']],
    all: false,
    senders: [],
    types: [],
    afterMs: -1,
    toMs: 1e6,
    limit: 500,
  };
  expect(await index.messages({ ...query, logs })).toHaveLength(500);
  await index.close();
});
