import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Outcome } from '../process/run-quietly.ts';
import { fingerprint } from './fingerprint.ts';
import type { Target } from './targets.ts';

/** Makes every bundle that is missing or older than its sources; stops at the first that fails. */
export async function buildAll(
  root: string,
  targets: readonly Target[],
  bundle: (target: Target) => Promise<Outcome>,
): Promise<boolean> {
  const dependencies = readFileSync(join(root, 'package-lock.json'), 'utf8');
  for (const target of targets) {
    if (!hasBuildScript(root, target)) continue;
    const current = fingerprint(root, [target.folder, ...target.sources], dependencies);
    if (existsSync(join(root, target.folder, 'dist')) && recorded(root, target) === current) continue;
    if (!report(target, await bundle(target))) return false;
    record(root, target, current);
  }
  return true;
}

function report(target: Target, { code, output, durationMs }: Outcome): boolean {
  if (code !== 0) {
    console.error(`sterna: building the ${target.name} failed:\n${output.trimEnd()}`);
    return false;
  }
  console.error(`sterna: built the ${target.name} in ${(durationMs / 1000).toFixed(1)} s`);
  return true;
}

/** A workspace has a bundle from the day its manifest says how to make one. */
function hasBuildScript(root: string, target: Target): boolean {
  const manifest: unknown = JSON.parse(readFileSync(join(root, target.folder, 'package.json'), 'utf8'));
  if (typeof manifest !== 'object' || manifest === null || !('scripts' in manifest)) return false;
  return typeof manifest.scripts === 'object' && manifest.scripts !== null && 'build' in manifest.scripts;
}

/** Kept outside `dist`, which is published, and emptied by bundlers as they like. */
function recordPath(root: string, target: Target): string {
  return join(root, 'node_modules', '.cache', 'sterna', `${target.folder.replaceAll('/', '-')}.sha256`);
}

function recorded(root: string, target: Target): string | undefined {
  const path = recordPath(root, target);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function record(root: string, target: Target, value: string): void {
  const path = recordPath(root, target);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, value);
}
