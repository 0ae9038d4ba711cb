import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LICENSE = fileURLToPath(new URL('../../../LICENSE', import.meta.url));

/** Replaces the folder's `dist` and writes the files, by their paths in the folder. The licence travels with what is published. */
export function publish(folder: string, files: Readonly<Record<string, string>>): void {
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  copyFileSync(LICENSE, join(folder, 'LICENSE'));
}
