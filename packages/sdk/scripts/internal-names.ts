import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';
import { parseSync } from 'vite';

/** What others read or write: the published API, what travels, and the calls of mini-program hosts. */
const FOREIGN = [
  'src/types/*.ts',
  'src/platform/wx-host.ts',
  '../protocol/src/commands/*.ts',
  '../protocol/src/{elements,events,frame,ids,user-status}.ts',
];
const OWN = { pattern: 'src/**/*.ts', except: /\/testing\/|\/types\/|fake\.ts$|\.test\.ts$/ };

/** Members of platforms that are never asked of one here: these words are ours as well, and often. */
const OURS_TOO =
  'adopt confirm drop effects emit frame isOpen link pause plugins refresh restart retry seek show view wake window wrap'.split(
    ' ',
  );

const WORD = /[A-Za-z_$][\w$]*/g;

/**
 * Names of members that our own code alone sees, so that a bundle may shorten them: some internal type declares them, and no
 * foreign object and no string of ours has the word. The minifier adds its own list of what platforms have.
 */
export function internalNames(): { names: ReadonlySet<string>; foreign: ReadonlySet<string> } {
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const names = new Set<string>();
  const foreign = new Set<string>();
  const visitAll = (paths: readonly string[], visit: (node: Node) => void): void =>
    paths.forEach((path) => walk(parseSync(path, readFileSync(join(folder, path), 'utf8')).program, visit));

  visitAll(globSync(FOREIGN, { cwd: folder }), (node) => {
    foreign.add(keyOf(node));
    for (const name of exportsOf(node)) foreign.add(name);
    for (const word of stringOf(node).match(WORD) ?? []) foreign.add(word);
  });
  const own = globSync(OWN.pattern, { cwd: folder }).filter((path) => !OWN.except.test(path));
  visitAll(own, (node) => {
    if (node['type'] === 'TSPropertySignature' || node['type'] === 'TSMethodSignature')
      names.add(keyOf(node));
    for (const word of stringOf(node).match(WORD) ?? []) foreign.add(word);
  });
  // How a command is written down, not what travels.
  foreign.delete('reply');
  foreign.delete('');
  for (const word of [...foreign, '']) names.delete(word);
  return { names, foreign };
}

/** How the minifier is to treat members. No short name may be one that means something elsewhere. */
export async function memberNames(): Promise<{ regex: RegExp; reserved: string[]; builtins: true }> {
  const { names, foreign } = internalNames();
  const ofPlatforms = await namesOfPlatforms([...names]);
  const short = [...names].filter((name) => !ofPlatforms.has(name) || OURS_TOO.includes(name));
  return {
    regex: new RegExp(`^(${short.join('|')})$`),
    reserved: [...foreign].filter((word) => word.length < 3),
    builtins: true,
  };
}

/** Those that the minifier would not touch. */
async function namesOfPlatforms(names: readonly string[]): Promise<ReadonlySet<string>> {
  const code = `export default { ${names.map((name) => `${name}: 0`).join(', ')} }`;
  const { code: kept = '' } = await minify(code, {
    module: true,
    compress: false,
    mangle: { properties: true },
  });
  return new Set(kept.match(WORD));
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

/** The name of the member that this declares or sets; empty if it does neither. */
function keyOf({ key, computed }: Node): string {
  return computed !== true && isNode(key) && key['type'] === 'Identifier' ? String(key['name']) : '';
}

/** The names under which this exports: where modules are not bundled, they are members of the module that imports all of them. */
function exportsOf({ type, declaration }: Node): string[] {
  if (type !== 'ExportNamedDeclaration' || !isNode(declaration)) return [];
  const declared = Array.isArray(declaration['declarations']) ? declaration['declarations'] : [declaration];
  return declared.flatMap((each: unknown) =>
    isNode(each) && isNode(each['id']) ? [String(each['id']['name'])] : [],
  );
}

/** What a literal or a piece of a template says. */
function stringOf({ type, value }: Node): string {
  if (type === 'Literal' && typeof value === 'string') return value;
  return type === 'TemplateElement' && isNode(value) ? String(value['cooked']) : '';
}
