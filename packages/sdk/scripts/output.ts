import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LICENSE = fileURLToPath(new URL('../../../LICENSE', import.meta.url));

/** Replaces the folder's `dist` and writes the files, by their paths in the folder. The licence travels with what is published. */
export function publish(folder: string, files: Readonly<Record<string, string>>): void {
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  mkdirSync(join(folder, 'dist'), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  copyFileSync(LICENSE, join(folder, 'LICENSE'));
}
