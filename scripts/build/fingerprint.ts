import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folders that hold results or other people's code. */
const NOT_SOURCES = new Set(['node_modules', 'dist', 'artifacts']);
/** Tests, and what a build leaves beside the manifest: the bundles that old tools look for, and the licence. */
const NOT_SOURCE_FILES = /\.test\.tsx?$|^tim-(js|wx)(-friendship)?\.(js|d\.ts)$|^LICENSE$/;

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
  return globSync(`${folder}/**/*`, {
    cwd: root,
    withFileTypes: true,
    exclude: ({ name }) => NOT_SOURCES.has(name),
  })
    .filter((entry) => entry.isFile() && !NOT_SOURCE_FILES.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
