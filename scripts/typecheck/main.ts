// Checks every TypeScript project of the repository, two at a time.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { eachLimited } from '../process/each-limited.ts';
import { runQuietly } from '../process/run-quietly.ts';
import { root, tool } from '../process/tools.ts';
import { errorsOf } from './errors-of.ts';
import { PROJECTS } from './projects.ts';

await eachLimited(
  PROJECTS.filter(({ config }) => existsSync(join(root, config))),
  2,
  async (project) => {
    const { code, output } = await runQuietly(tool('tsc', '--pretty', 'false', '-p', project.config));
    const errors = errorsOf(project, code, output);
    if (errors.length === 0) return;
    console.error(`${project.config}:\n${errors.join('\n')}`);
    process.exitCode = 1;
  },
);
