import { isNode, programOf, walk, type Node } from './syntax-tree.ts';

/** What has a type of its own where a declaration says none: nodes that are `any` without an annotation. */
const WANT_A_TYPE: Readonly<Record<string, string>> = {
  TSPropertySignature: 'typeAnnotation',
  TSIndexSignature: 'typeAnnotation',
  TSMethodSignature: 'returnType',
  TSCallSignatureDeclaration: 'returnType',
  TSDeclareFunction: 'returnType',
};

/** Types that take anything, or that nothing is known of: the published typings are full of them. */
const AS_GOOD_AS_ANY = new Set(['Function', 'Object']);

/**
 * The places of a declaration file that come out as `any`, or as good as: written so, or left without a type, or of a type that
 * takes everything. The file must stand alone, so that nothing untyped comes in from elsewhere: its imports are listed by
 * `importsOf`.
 */
export function untypedPlaces(code: string): string[] {
  const places: string[] = [];
  walk(programOf(code), (node) => {
    if (isUntyped(node)) places.push(code.slice(node.start, node.end).split('\n', 1)[0] ?? '');
  });
  return places;
}

/** The paths from which a declaration file takes types. */
export function importsOf(code: string): string[] {
  const paths: string[] = [];
  walk(programOf(code), ({ source }) => {
    if (isNode(source) && typeof source['value'] === 'string') paths.push(source['value']);
  });
  return paths;
}

function isUntyped(node: Node): boolean {
  if (node.type === 'TSAnyKeyword') return true;
  const annotation = WANT_A_TYPE[node.type];
  if (annotation !== undefined && !isNode(node[annotation])) return true;
  if (Array.isArray(node['params']) && node.type.startsWith('TS') && node['params'].some(hasNoType))
    return true;
  const { typeName } = node;
  return isNode(typeName) && AS_GOOD_AS_ANY.has(String(typeName['name']));
}

/** A parameter without a type; those of type arguments are types themselves. */
function hasNoType(parameter: unknown): boolean {
  return (
    isNode(parameter) &&
    /^(?:Identifier|RestElement)$/.test(parameter.type) &&
    !isNode(parameter['typeAnnotation'])
  );
}
