import { buildAll } from '../../scripts/build/build.ts';
import { TARGETS } from '../../scripts/build/targets.ts';
import { runQuietly } from '../../scripts/process/run-quietly.ts';
import { root, workspaceScript } from '../../scripts/process/tools.ts';
import { packed } from './packaging/package.ts';

/** Users' own: what they load and what they install, made once for all files, and only where it is older than its sources. */
export async function setup(): Promise<void> {
  const built = await buildAll(root, TARGETS, ({ folder }) =>
    // With Vitest's own `test` React would be its slow development build.
    runQuietly({ ...workspaceScript(folder, 'build'), env: { NODE_ENV: 'production' } }),
  );
  if (!built) throw new Error('What the browser tests show could not be built.');
  for (const workspace of ['packages/sdk', 'packages/sdk-wx']) packed(workspace);
}
