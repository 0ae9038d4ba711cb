import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';

const NEVER = ['node_modules', '.git', 'dist', 'data', 'artifacts', 'coverage'];

/** Every file that is tracked or about to be; in a copy without git, every file but the known products. */
export function trackedFiles(root: string): string[] {
  const { status, stdout } = spawnSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '-z'],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (status === 0) return [...new Set(stdout.split('\0'))].filter((path) => path !== '');
  return globSync('**/*', { cwd: root, withFileTypes: true, exclude: (entry) => NEVER.includes(entry.name) })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.length + 1));
}
