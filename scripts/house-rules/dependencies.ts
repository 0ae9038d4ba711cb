import type { Violation } from './violation.ts';
import { asRecord, type Manifest } from './workspaces.ts';

/** Versions are exact, so that two checkouts are the same program; the runtime alone follows its security fixes. */
const FOLLOWS_PATCHES = new Set(['node']);

const EXACT = /^(?:npm:(?:@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/;
const CARET = /^\^\d+\.\d+\.\d+$/;

/** Dependencies come from the registry by exact version: no git, no tarball, no range. */
export function checkManifest(path: string, manifest: Manifest): Violation[] {
  const violations: Violation[] = [];
  const violate = (text: string) => violations.push({ path, line: 1, text });
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    if (EXACT.test(version) || (FOLLOWS_PATCHES.has(name) && CARET.test(version))) continue;
    violate(`${name} is asked for as "${version}": an exact version of the registry is wanted`);
  }
  if (manifest.license !== 'Apache-2.0') violate('does not say the license Apache-2.0');
  return violations;
}

/** The lock file names no host, carries a digest for everything, and no install script runs unseen. */
export function checkLockFile(
  path: string,
  text: string,
  allowScripts: Manifest['allowScripts'],
): Violation[] {
  const violations: Violation[] = [];
  const violate = (message: string) => violations.push({ path, line: 1, text: message });
  const withScripts = new Set<string>();
  for (const [place, value] of Object.entries(asRecord(asRecord(JSON.parse(text))['packages']))) {
    const entry = asRecord(value);
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const { resolved } = entry;
    if (typeof resolved === 'string' && /:|^\.\./.test(resolved))
      violate(`${name} is resolved to ${resolved}`);
    if (place.includes('node_modules/') && entry['link'] !== true && typeof entry['integrity'] !== 'string') {
      violate(`${name} has no integrity digest`);
    }
    if (entry['hasInstallScript'] === true) withScripts.add(name);
  }
  for (const name of withScripts) {
    if (!(name in allowScripts)) violate(`${name} has an install script that "allowScripts" does not judge`);
  }
  for (const name of Object.keys(allowScripts)) {
    if (!withScripts.has(name)) violate(`"allowScripts" judges ${name}, which has no install script`);
  }
  return violations;
}
