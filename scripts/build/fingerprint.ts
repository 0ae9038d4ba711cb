import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';

/** Folders that hold results or other people's code. */
const NOT_SOURCES = new Set(['node_modules', 'dist', 'artifacts']);
const TEST = /\.test\.tsx?$/;

/**
 * A digest of every source below the folders. Contents, not times: changing branches touches files that end up the
 * same.
 */
export function fingerprint(root: string, folders: readonly string[], extra: string): string {
  const digest = createHash('sha256').update(extra);
  for (const file of folders.flatMap((folder) => sourcesBelow(root, folder))) {
    digest
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return digest.digest('hex');
}

function sourcesBelow(root: string, folder: string): string[] {
  const top = join(root, folder);
  const made = ignoredAtTop(top);
  return globSync(`${folder}/**/*`, {
    cwd: root,
    withFileTypes: true,
    exclude: ({ name, parentPath }) =>
      NOT_SOURCES.has(name) || (parentPath === top && made.some((pattern) => matchesGlob(name, pattern))),
  })
    .filter((entry) => entry.isFile() && !TEST.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

/** What a build leaves beside the manifest, as the folder itself says: bundles that old tools look for, the licence. */
function ignoredAtTop(folder: string): readonly string[] {
  const path = join(folder, '.gitignore');
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.trim().replaceAll(/^\/|\/$/g, ''))
    .filter((line) => line !== '');
}
