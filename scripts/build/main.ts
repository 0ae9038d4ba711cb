// Builds the bundles whose sources have changed: `npm run build`, and before every `npm start`.

import { runQuietly } from '../process/run-quietly.ts';
import { root, workspaceScript } from '../process/tools.ts';
import { buildAll } from './build.ts';
import { TARGETS } from './targets.ts';

const succeeded = await buildAll(root, TARGETS, ({ folder }) => runQuietly(workspaceScript(folder, 'build')));
process.exitCode = succeeded ? 0 : 1;
