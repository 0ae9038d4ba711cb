import { matchesGlob, posix } from 'node:path';
import { ADAPTERS, LAYERS, TEST_SOURCES } from './layers.ts';
import type { Import, ModuleSource } from './module-source.ts';
import type { Violation } from './violation.ts';
import { type Workspace, workspaceOf } from './workspaces.ts';

/** Where an import stands: the file, its workspace if it is in one, and all workspaces. */
type Place = { path: string; home: Workspace | undefined; workspaces: readonly Workspace[] };

/** Holds a module's imports against the arrows between packages. */
export function checkArrows(
  path: string,
  { imports }: ModuleSource,
  workspaces: readonly Workspace[],
): Violation[] {
  const place = { path, home: workspaceOf(path, workspaces), workspaces };
  return imports.flatMap((each) => {
    const text = judge(each, place);
    return text === undefined ? [] : [{ path, line: each.line, text }];
  });
}

function judge(each: Import, place: Place): string | undefined {
  const { specifier } = each;
  if (specifier.startsWith('.')) return judgeRelative(specifier, place);
  if (specifier.startsWith('node:')) return judgeNode(each, place);
  const name = packageName(specifier);
  const target = place.workspaces.find(({ manifest }) => manifest.name === (OUR_ALIASES[name] ?? name));
  return target === undefined ? judgeForeign(each, name, place) : judgeOurs(each, target, place);
}

/** Names under which an app knows one of our packages. */
const OUR_ALIASES: Readonly<Record<string, string>> = {
  'tim-js-sdk': '@sterna/sdk',
  'tim-wx-sdk': '@sterna/sdk-wx',
};

function judgeRelative(specifier: string, { path, home, workspaces }: Place): string | undefined {
  const target = posix.join(posix.dirname(path), specifier);
  // The tools that all tests share have no package of their own.
  if (isTest(path) && target.startsWith('tests/')) return undefined;
  const there = workspaceOf(target, workspaces);
  if (there?.folder === home?.folder) return undefined;
  return there === undefined
    ? `leaves its package for ${target}`
    : `imports an inner path of ${there.manifest.name}: import the package by its name`;
}

function judgeNode({ specifier, typeOnly }: Import, { path, home }: Place): string | undefined {
  if (typeOnly || home === undefined || !isSource(path, home) || isTest(path) || isAdapter(path))
    return undefined;
  if (LAYERS[home.manifest.name]?.node?.includes(specifier) === true) return undefined;
  return `imports ${specifier} outside an adapter: ask a port for what it does`;
}

function judgeOurs({ specifier, typeOnly }: Import, target: Workspace, place: Place): string | undefined {
  const inner = `.${specifier.slice(packageName(specifier).length)}`;
  if (!target.manifest.exports.includes(inner)) {
    return `imports an inner path of ${target.manifest.name}, which exports ${target.manifest.exports.join(', ')}`;
  }
  // Outside the workspaces are tests, benches and tools: they may use every package's front door.
  if (place.home === undefined || target.folder === place.home.folder) return undefined;
  const layer = LAYERS[place.home.manifest.name];
  // A row that names a package opens all that it exports; one that names a sub-path opens that alone.
  if (layer?.imports.some((name) => name === specifier || name === target.manifest.name) === true)
    return undefined;
  if (layer?.typesOnly?.includes(specifier) === true) {
    if (typeOnly || isTest(place.path)) return undefined;
    return `imports more than types from ${specifier}`;
  }
  return `${place.home.manifest.name} may not import ${specifier} (see scripts/house-rules/layers.ts)`;
}

function judgeForeign({ typeOnly }: Import, name: string, place: Place): string | undefined {
  const { path, home, workspaces } = place;
  const shipped = home !== undefined && isSource(path, home) && !isTest(path);
  const own = home?.manifest;
  if (own !== undefined && (name in own.dependencies || name in own.peerDependencies)) return undefined;
  const top = workspaces.find(({ folder }) => folder === '')?.manifest;
  const tools = { ...top?.devDependencies, ...top?.dependencies, ...own?.devDependencies };
  // Tests across packages stand on whatever the packages stand on.
  if (home === undefined) for (const { manifest } of workspaces) Object.assign(tools, manifest.dependencies);
  if ((!shipped || typeOnly) && (name in tools || `@types/${name}` in tools)) return undefined;
  return `imports ${name}, which is not among its dependencies`;
}

function isSource(path: string, { folder }: Workspace): boolean {
  return path.startsWith(`${folder}/src/`);
}

export function isTest(path: string): boolean {
  return TEST_SOURCES.some((glob) => matchesGlob(path, glob));
}

export function isAdapter(path: string): boolean {
  return ADAPTERS.some((glob) => matchesGlob(path, glob));
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
