// `npm run docs`: writes the tables of the pages that tests hold against the sources.

import { runQuietly } from '../process/run-quietly.ts';
import { tool } from '../process/tools.ts';

const PAGES = ['packages/protocol/src/documentation.test.ts', 'packages/sdk/compatibility/page.test.ts'];

const { code, output } = await runQuietly({
  ...tool('vitest', 'run', '--project', 'unit', ...PAGES),
  env: { STERNA_WRITE_DOCS: '1' },
});
if (code !== 0) console.error(output);
process.exitCode = code;
