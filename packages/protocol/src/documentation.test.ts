import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withTables } from './documentation.ts';

const PAGE = new URL('../../../docs/protocol.md', import.meta.url);

/** `STERNA_WRITE_DOCS=1` writes the page instead of comparing it. */
test('docs/protocol.md shows the protocol as it is', () => {
  const page = readFileSync(PAGE, 'utf8');
  const current = withTables(page);
  if (process.env['STERNA_WRITE_DOCS'] === '1') writeFileSync(PAGE, current);
  else expect(page, 'write it with: npm run docs').toBe(current);
});
