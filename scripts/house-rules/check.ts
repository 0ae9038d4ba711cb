import { checkArrows } from './arrows.ts';
import { checkLockFile, checkManifest } from './dependencies.ts';
import { checkBarrel } from './barrels.ts';
import { readModule } from './module-source.ts';
import { checkName } from './names.ts';
import { checkPlatform } from './platform.ts';
import { checkSizes } from './sizes.ts';
import type { Violation } from './violation.ts';
import { checkWords } from './words.ts';
import { parseManifest, type Workspace } from './workspaces.ts';

/** Texts by path from the checkout's top, with `/` between folders. */
export type Texts = ReadonlyMap<string, string>;

/** Holds a whole checkout to the rules that no linter knows. */
export function checkRepository(texts: Texts): Violation[] {
  const workspaces = findWorkspaces(texts);
  return [...texts].flatMap(([path, text]) => [
    ...checkName(path),
    ...checkWords(path, text),
    ...checkByKind(path, text, workspaces),
  ]);
}

function checkByKind(path: string, text: string, workspaces: readonly Workspace[]): Violation[] {
  if (path === 'package-lock.json') {
    const top = workspaces.find(({ folder }) => folder === '');
    return checkLockFile(path, text, top?.manifest.allowScripts ?? {});
  }
  if (isManifest(path)) return checkManifest(path, parseManifest(text));
  if (!/\.m?tsx?$/.test(path) || path.endsWith('.d.ts')) return [];
  const source = readModule(path, text);
  return [
    ...checkArrows(path, source, workspaces),
    ...checkPlatform(path, source),
    ...checkSizes(path, source),
    ...checkBarrel(path, source, workspaces),
  ];
}

function isManifest(path: string): boolean {
  return /^(?:(?:packages|apps)\/[^/]+\/)?package\.json$/.test(path);
}

function findWorkspaces(texts: Texts): Workspace[] {
  return [...texts]
    .filter(([path]) => isManifest(path))
    .map(([path, text]) => ({
      folder: path.slice(0, -'/package.json'.length),
      manifest: parseManifest(text),
    }));
}
