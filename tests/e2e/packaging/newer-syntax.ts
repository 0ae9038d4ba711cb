import { isNode, programOf, walk, type Node } from './syntax-tree.ts';

/** Nodes of a declaration file that TypeScript 3.8 reads; the compiler itself has read a file with all of these. */
const KNOWN = new Set(
  `Program Identifier Literal ExportNamedDeclaration ExportDefaultDeclaration ExportAllDeclaration ExportSpecifier ImportDeclaration
  ImportSpecifier VariableDeclaration VariableDeclarator RestElement TSAnyKeyword TSArrayType TSBooleanKeyword TSConditionalType
  TSConstructorType TSDeclareFunction TSFunctionType TSIndexedAccessType TSIndexSignature TSInferType TSInterfaceBody
  TSInterfaceDeclaration TSInterfaceHeritage TSIntersectionType TSLiteralType TSMappedType TSMethodSignature TSModuleBlock
  TSModuleDeclaration TSNeverKeyword TSNullKeyword TSNumberKeyword TSObjectKeyword TSOptionalType TSParenthesizedType TSPropertySignature TSRestType
  TSStringKeyword TSTupleType TSTypeAliasDeclaration TSTypeAnnotation TSTypeLiteral TSTypeOperator TSTypeParameter
  TSTypeParameterDeclaration TSTypeParameterInstantiation TSTypeQuery TSTypeReference TSUndefinedKeyword TSUnionType
  TSUnknownKeyword TSVoidKeyword UnaryExpression`.split(/\s+/),
);

/** The places that a compiler of 2020 cannot read: language that came later, or that nobody has looked at. */
export function newerSyntaxIn(code: string): string[] {
  const places: string[] = [];
  walk(programOf(code), (node) => {
    if (!KNOWN.has(node.type) || isNewerForm(node)) places.push(code.slice(node.start, node.end));
  });
  return places;
}

/** Later words and places for what was there before. */
function isNewerForm(node: Node): boolean {
  switch (node.type) {
    case 'TSTypeParameter':
      return [node['in'], node['out'], node['const']].includes(true);
    case 'TSInferType':
      return isNode(node['typeParameter']) && isNode(node['typeParameter']['constraint']);
    case 'TSMappedType':
      return isNode(node['nameType']);
    case 'TSConstructorType':
      return node['abstract'] === true;
    case 'TSMethodSignature':
      return node['kind'] !== 'method';
    case 'ImportSpecifier':
      return node['importKind'] === 'type';
    case 'ExportSpecifier':
    case 'ExportAllDeclaration':
      return node['exportKind'] === 'type';
    case 'TSTupleType':
      return isVariadic(node['elementTypes']);
    default:
      return false;
  }
}

/** A rest that is not last, or that is no plain array. */
function isVariadic(elements: unknown): boolean {
  if (!Array.isArray(elements)) return true;
  return elements.some((element: unknown, index) => {
    if (!isNode(element) || element.type !== 'TSRestType') return false;
    const { typeAnnotation } = element;
    return index < elements.length - 1 || !isNode(typeAnnotation) || typeAnnotation.type !== 'TSArrayType';
  });
}
