import { test } from 'vitest';
import { createMemorySearch } from './memory-search.ts';
import { searchIndexCases } from './search-index.contract.ts';

test.each(searchIndexCases)('in memory: $name', async ({ run }) => {
  const index = createMemorySearch();
  await run({ index, reopen: async () => index });
});
