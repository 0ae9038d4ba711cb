import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as CONSTANTS from '../src/constants.ts';
import { packageFolder } from './bundle.ts';

/**
 * The typings as one plain file that compilers of every age read: the hand-written types of `src/types` one after
 * the other, and the values of the constants. The sources import one another only by relative paths, so leaving the imports out is
 * all that joining them takes.
 */
export function declarations(): string {
  const types = globSync('src/types/*.ts', { cwd: packageFolder })
    .toSorted()
    .map((path) => withoutImports(read(path)));
  return [HEADER, constants(), ...types, FACE].join('\n\n').replaceAll(/\n{3,}/g, '\n\n');
}

const read = (path: string): string => readFileSync(join(packageFolder, path), 'utf8');

const HEADER = '// The typings of @sterna/sdk. Made from its sources: change them there.';

function withoutImports(source: string): string {
  return source.replaceAll(/^import type [^;]*;\n/gm, '').trim();
}

/** The values of the published API as declarations of their literal types. */
function constants(): string {
  return Object.entries(CONSTANTS)
    .map(([name, value]) => `export declare const ${name}: ${literal(value)};`)
    .join('\n\n');
}

function literal(value: string | Readonly<Record<string, string | number>>): string {
  if (typeof value === 'string') return quoted(value);
  const rows = Object.entries(value).map(([name, member]) => `  readonly ${name}: ${quoted(member)};`);
  return ['{', ...rows, '}'].join('\n');
}

const quoted = (value: string | number): string => (typeof value === 'string' ? `'${value}'` : String(value));

/** The name is a value and a namespace: published code writes `TIM.TYPES` where it means one of its values. */
const FACE = `declare const TIM: TIMStatic;
declare namespace TIM {
  type EVENT = EventName;
  type TYPES = TypesValue;
  type TSignaling = SignalingEventName;
}
export declare const create: TIMStatic['create'];
export default TIM;
`;
