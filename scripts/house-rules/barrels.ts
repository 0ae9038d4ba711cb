import type { ModuleSource } from './module-source.ts';
import type { Violation } from './violation.ts';
import { type Workspace, workspaceOf } from './workspaces.ts';

/** A package has front doors, those of its `exports`; inside, files import each other and need no doors. */
export function checkBarrel(
  path: string,
  { onlyPassesOn }: ModuleSource,
  workspaces: readonly Workspace[],
): Violation[] {
  const home = workspaceOf(path, workspaces);
  if (!onlyPassesOn || home === undefined || home.manifest.doors.includes(path.slice(home.folder.length + 1)))
    return [];
  return [{ path, line: 1, text: 'is a barrel inside a package: import the file that has the thing' }];
}
