import { isAdapter, isTest } from './arrows.ts';
import { PLATFORM_GLOBALS, PLATFORM_MEMBERS } from './layers.ts';
import type { ModuleSource } from './module-source.ts';
import type { Violation } from './violation.ts';

/** Holds a package's source to the ports: the clock and randomness only in adapters, no state beside the objects. */
export function checkPlatform(path: string, source: ModuleSource): Violation[] {
  if (isTest(path)) return unseeded(path, source);
  if (!/^packages\/[^/]+\/src\//.test(path)) return [];
  const violations: Violation[] = [];
  for (const { line } of source.mutables) {
    violations.push({ path, line, text: 'state at module level: give it to an object that someone makes' });
  }
  if (isAdapter(path)) return violations;
  for (const { what, line } of source.uses) {
    const advice = platformAdvice(what);
    if (advice !== undefined) violations.push({ path, line, text: `${what} outside an adapter. ${advice}` });
  }
  return violations;
}

/** A test may wait for real sockets, but what it does must be the same tomorrow. */
function unseeded(path: string, { uses }: ModuleSource): Violation[] {
  return uses
    .filter(({ what }) => what === 'Math.random')
    .map(({ line }) => ({ path, line, text: 'Math.random in a test: a failure could not be repeated' }));
}

function platformAdvice(what: string): string | undefined {
  if (what === 'new Date()' || what === 'Date()') return PLATFORM_MEMBERS['Date.now'];
  const [object, member] = what.split('.');
  if (object === 'globalThis' && member !== undefined) return PLATFORM_GLOBALS[member];
  return PLATFORM_MEMBERS[what];
}
