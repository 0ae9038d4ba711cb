// Checks what no linter knows: the arrows between packages, the ports, the words, the dependencies.

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../process/tools.ts';
import { checkRepository } from './check.ts';
import { trackedFiles } from './tracked-files.ts';

/** Pictures, fonts and the like have no words to judge. */
const BINARY = /\.(?:png|jpe?g|gif|webp|ico|woff2?|mp[34]|wasm|db)$/;

const paths = trackedFiles(root).filter((path) => !BINARY.test(path) && isFile(join(root, path)));
const violations = checkRepository(
  new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')])),
);

for (const { path, line, text } of violations) console.error(`${path}:${line} ${text}`);
console.log(`${paths.length} files, ${violations.length} breaches of the house rules`);
process.exitCode = violations.length === 0 ? 0 : 1;

/** A file that was deleted but is still in git's index is not there to be read. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
