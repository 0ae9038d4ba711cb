import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './refusal.js';

/** The first Node that runs TypeScript files as they are and brings the SQLite we rely on. */
export const NODE_MAJOR = 24;

/** The Node that the dependencies brought along, else the running one where it is new enough. */
export function chooseNode(/** @type {string} */ root, running = process) {
  const bundled = join(
    root,
    'node_modules',
    'node',
    'bin',
    running.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(bundled)) return bundled;
  if (Number(running.versions.node.split('.')[0]) >= NODE_MAJOR) return running.execPath;
  throw new Refusal(
    `Node ${NODE_MAJOR} could not be installed for ${running.platform}-${running.arch}; install Node ${NODE_MAJOR} or newer yourself and try again.`,
  );
}
