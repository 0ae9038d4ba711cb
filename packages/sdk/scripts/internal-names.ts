import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

/** What others read or write: the published API, what travels, and the calls of mini-program hosts. */
const FOREIGN = [
  'src/types/*.ts',
  'src/platform/wx-host.ts',
  '../protocol/src/commands/*.ts',
  '../protocol/src/{elements,events,frame,ids,user-status}.ts',
];
const OWN = { pattern: 'src/**/*.ts', except: /\/testing\/|\/types\/|fake\.ts$|\.test\.ts$/ };

const WORD = /[A-Za-z_$][\w$]*/g;
const COMMENT = /\/\*[^]*?\*\/|^\s*\/\/.*$/gm;

/**
 * Names of members that our own code alone sees, so that a bundle may shorten them: some internal type declares them, and neither
 * a foreign text nor any string of ours has the word. The minifier adds its own list of what platforms have.
 */
export function internalNames(): { names: ReadonlySet<string>; foreign: ReadonlySet<string> } {
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const textsOf = (patterns: readonly string[]): string[] =>
    globSync([...patterns], { cwd: folder }).map((path) => readFileSync(join(folder, path), 'utf8'));
  const foreign = new Set(textsOf(FOREIGN).flatMap((text) => text.replaceAll(COMMENT, '').match(WORD) ?? []));
  const names = new Set<string>();
  for (const text of textsOf(globSync(OWN.pattern, { cwd: folder }).filter((path) => !OWN.except.test(path))))
    walk(parseSync('source.ts', text).program, (node) => {
      if (node['type'] === 'TSPropertySignature' || node['type'] === 'TSMethodSignature')
        names.add(nameIn(node));
      for (const word of stringOf(node).match(WORD) ?? []) foreign.add(word);
    });
  for (const word of foreign) names.delete(word);
  names.delete('');
  return { names, foreign };
}

/** Matches these names, and no others. */
export function namesPattern(names: ReadonlySet<string>): RegExp {
  return new RegExp(`^(${[...names].join('|')})$`);
}

type Node = Readonly<Record<string, unknown>>;

/** The strings in these are gone when the code runs. */
const NO_VALUES = /^(TSLiteralType|ImportDeclaration|ExportAllDeclaration)$/;

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  else if (isNode(value) && !NO_VALUES.test(String(value['type']))) {
    visit(value);
    for (const child of Object.values(value)) walk(child, visit);
  }
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

function nameIn({ key, computed }: Node): string {
  return computed !== true && isNode(key) && key['type'] === 'Identifier' ? String(key['name']) : '';
}

/** What a literal or a piece of a template says. */
function stringOf({ type, value }: Node): string {
  if (type === 'Literal' && typeof value === 'string') return value;
  return type === 'TemplateElement' && isNode(value) ? String(value['cooked']) : '';
}
