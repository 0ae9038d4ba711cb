import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'vite';
import { packageFolder } from './bundle.ts';

/** What a domain is made of is nobody's business but ours: in the typings this stands for the types of the sources. */
const DOMAIN = `/** A domain of the SDK, to be given to \`composeSDK\`. */
export interface Domain {
  readonly domain: 'sterna';
}`;
/** What a domain's own function returns, and what one is that another function has made. */
const TYPES_OF_DOMAINS = /^(?:EngineModule|(?:Engine)?ModuleFactory)$/;

/**
 * The typings of the modular entry: each export as its own source declares it, and no other. `whole` is the path of the typings of
 * the whole, which have the types of the public API.
 */
export function modularDeclarations(whole: string): string {
  const entry = sourceOf(join(packageFolder, 'src/entries/modular.ts'));
  const needs: Needs = { texts: new Set([DOMAIN]), ofWhole: new Set() };
  for (const statement of entry.statements) {
    if (statement.type.startsWith('ExportAll')) throw new Error('The modular entry names what it exports');
    if (statement.type !== 'ExportNamedDeclaration') continue;
    const { source: from } = statement;
    const source = isNode(from) ? sourceOf(join(dirname(entry.path), String(from['value']))) : entry;
    for (const name of namesIn(statement)) declare(source, name, needs);
  }
  const imports = `import type { ${[...needs.ofWhole].sort().join(', ')} } from '${whole}';`;
  return `${[imports, ...needs.texts].join('\n\n').replaceAll(/\bEngineModuleFactory\b/g, 'Domain')}\n`;
}

/** What has been declared so far, and the public types that it takes. */
interface Needs {
  readonly texts: Set<string>;
  readonly ofWhole: Set<string>;
}

interface Source {
  path: string;
  code: string;
  statements: readonly Node[];
}

type Node = Readonly<Record<string, unknown>> & { type: string; start: number; end: number };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value;

const nodesIn = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : []);

function sourceOf(path: string): Source {
  const code = readFileSync(path, 'utf8');
  return { path, code, statements: nodesIn(parseSync(path, code).program.body) };
}

/** Adds the declaration of one name, before it those of the types of the same file that it takes. */
function declare(source: Source, name: string, needs: Needs): void {
  const { path, code, statements } = source;
  const at = statements.findIndex((one) => isNode(one['declaration']) && namesIn(one).includes(name));
  const statement = statements[at];
  if (!statement) throw new Error(`${path} declares no ${name}`);
  const comment = commentIn(code.slice(statements[at - 1]?.end ?? 0, statement.start));
  const type = typeOf(statement);
  const what = type && code.slice(type.start, type.end).replace(/^:\s*/, '');
  if (what && TYPES_OF_DOMAINS.test(what)) {
    needs.texts.add(`${comment}export declare const ${name}: Domain;`);
    return;
  }
  if (!what && !nodeIn(statement, 'declaration').type.startsWith('TS'))
    throw new Error(`${path}: ${name} has no type`);
  for (const taken of typesIn(statement)) if (taken !== name) take(source, taken, needs);
  const text = code.slice(statement.start, type ? type.end : statement.end);
  needs.texts.add(
    `${comment}${text.replace(/^export (?=function|const)/, 'export declare ')}${/[;}]$/.test(text) ? '' : ';'}`,
  );
}

/** Brings along a type that a declaration names: from the same file, from the whole, or from the language. */
function take(source: Source, type: string, needs: Needs): void {
  const from = source.statements.find((one) => isNode(one['source']) && localsOf(one).includes(type));
  if (source.statements.some((one) => isNode(one['declaration']) && namesIn(one).includes(type)))
    return declare(source, type, needs);
  if (!from || type === 'EngineModuleFactory') return;
  const path = String(nodeIn(from, 'source')['value']);
  if (!path.includes('/types/'))
    throw new Error(`${source.path} shows ${type} of ${path}, which is not public`);
  needs.ofWhole.add(type);
}

const localsOf = ({ specifiers }: Node): string[] => nodesIn(specifiers).map(({ local }) => nameOf(local));

/** The comment that ends right before a statement, of what is between that and the one before. */
function commentIn(between: string): string {
  const [comment = ''] = /\/\*\*(?:(?!\*\/)[^])*\*\/\n$/.exec(between) ?? [];
  return comment;
}

/** The names that a statement exports. */
function namesIn({ declaration, specifiers }: Node): string[] {
  if (!isNode(declaration)) return nodesIn(specifiers).map(({ exported }) => nameOf(exported));
  const declarations = nodesIn(declaration['declarations']);
  return (declarations.length > 0 ? declarations : [declaration]).map(({ id }) => nameOf(id));
}

const nameOf = (node: unknown): string => (isNode(node) ? String(node['name']) : '');

function nodeIn(node: Node, key: string): Node {
  const inner = node[key];
  if (!isNode(inner)) throw new Error(`A ${node.type} without ${key}`);
  return inner;
}

/** The type that is written behind a constant, or a function: here nothing is inferred. */
function typeOf(statement: Node): Node | undefined {
  const declaration = nodeIn(statement, 'declaration');
  const [variable] = nodesIn(declaration['declarations']);
  const type = variable ? nodeIn(variable, 'id')['typeAnnotation'] : declaration['returnType'];
  return isNode(type) ? type : undefined;
}

/** The types that a statement's signature names. */
function typesIn(statement: Node): string[] {
  const found: string[] = [];
  const visit = (value: unknown, key: string): void => {
    if (Array.isArray(value)) for (const each of value) visit(each, key);
    // The body, and the value of a constant, are left out.
    else if (isNode(value) && !(/^(?:body|init)$/.test(key) && !value.type.startsWith('TS'))) {
      if (value.type === 'TSTypeReference') found.push(nameOf(value['typeName']));
      for (const [inner, child] of Object.entries(value)) visit(child, inner);
    }
  };
  visit(statement, '');
  return found;
}
