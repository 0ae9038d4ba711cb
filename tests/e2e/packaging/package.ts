import { execFile, execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { fingerprint } from '../../../scripts/build/fingerprint.ts';
import { FolderLock } from './folder-lock.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A throwaway project of an application, with packages of ours installed from their tarballs. */
export interface Project {
  readonly folder: string;
  /** Writes a file of the application. */
  write(path: string, text: string): string;
  /** Runs Node on a file of the application, as a stranger would: no flag of the workspace. Returns what it prints. */
  run(path: string, args?: readonly string[]): string;
  /** The same on a program that talks to a server of this process, so that this one does not stand still meanwhile. */
  start(path: string, ...args: string[]): Promise<string>;
  [Symbol.dispose](): void;
}

/** Packs workspaces as npm publishes them and unpacks them under the names that applications import. */
export function createProject(installed: Readonly<Record<string, string>>): Project {
  const folder = mkdtempSync(join(tmpdir(), 'sterna-app-'));
  for (const [name, workspace] of Object.entries(installed))
    unpack(workspace, join(folder, 'node_modules', name));
  const write = (path: string, text: string): string => {
    const full = join(folder, path);
    mkdirSync(join(full, '..'), { recursive: true });
    writeFileSync(full, text);
    return full;
  };
  write('package.json', '{ "name": "app", "private": true }');
  const options = {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '' },
    timeout: 20_000,
  } as const;
  return {
    folder,
    write,
    run: (path, args = []) => execFileSync(process.execPath, [...args, join(folder, path)], options),
    async start(path, ...args) {
      const { stdout } = await promisify(execFile)(process.execPath, [join(folder, path), ...args], options);
      return stdout;
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function unpack(workspace: string, destination: string): void {
  mkdirSync(destination, { recursive: true });
  execFileSync('tar', ['-xzf', packed(workspace), '-C', destination, '--strip-components=1']);
}

/** The tarball of a workspace. Packing builds, which takes seconds: one serves all files of tests until a source changes. */
export function packed(workspace: string): string {
  const all = join(root, 'node_modules', '.cache', 'sterna', 'packed', workspace);
  const folder = join(all, digestOf(workspace));
  const tarball = join(folder, 'package.tgz');
  mkdirSync(all, { recursive: true });
  // Several processes of tests may want it at once, and all would build into the same place.
  using _ = new FolderLock(join(all, 'lock'));
  if (existsSync(tarball)) return tarball;
  for (const name of readdirSync(all)) if (name !== 'lock') rmSync(join(all, name), { recursive: true });
  mkdirSync(folder);
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: join(root, workspace) });
  const [name] = readdirSync(folder);
  if (name === undefined) throw new Error(`npm packed nothing of ${workspace}`);
  renameSync(join(folder, name), tarball);
  return tarball;
}

/** What the package is made of: its folder, and the sources and scripts that are bundled into it. */
function digestOf(workspace: string): string {
  const folders = [workspace, 'packages/sdk/src', 'packages/sdk/scripts', 'packages/protocol/src'];
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  return fingerprint(root, folders, lock);
}
