import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's top folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A program to run, as `spawn` wants it. */
export type CommandLine = {
  command: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
};

/** A tool from the installed dependencies, on the Node that runs this file. */
export function tool(name: string, ...args: string[]): CommandLine {
  return { command: join(root, 'node_modules', '.bin', name), args };
}

/** A TypeScript file of ours, on the Node that runs this file; our packages are their sources to it. */
export function script(path: string, ...args: string[]): CommandLine {
  return { command: process.execPath, args: ['--conditions=@sterna/source', join(root, path), ...args] };
}

/** The `build`, or another script, of one workspace. */
export function workspaceScript(workspace: string, name: string): CommandLine {
  return { command: 'npm', args: ['run', '--silent', name, '--workspace', workspace] };
}
