import { type ESTree, parseSync, Visitor } from 'vite';
import { type FunctionSize, functionSizes } from './function-sizes.ts';
import { lineAt } from './violation.ts';

/** What another module is asked for. */
export type Import = { specifier: string; typeOnly: boolean; line: number };
/** Something found in a module, by a name that the rules know. */
export type Use = { what: string; line: number };

/** What the rules need to know of one source file. */
export type ModuleSource = {
  imports: readonly Import[];
  /** Member accesses on plain names, `Date.now` among them, and `new Date()` where it reads the clock. */
  uses: readonly Use[];
  /** Top-level `let` and `var`. */
  mutables: readonly Use[];
  /** Classes with the number of their methods; what holds data alone is not counted. */
  classes: readonly (Use & { methods: number })[];
  /** It has nothing of its own: all it does is to pass on what other files export. */
  onlyPassesOn: boolean;
  functions: readonly FunctionSize[];
};

/** Reads a module's imports and the uses that the house rules judge. */
export function readModule(path: string, text: string): ModuleSource {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message ?? ''}`);
  const found = { imports: [] as Import[], uses: [] as Use[], classes: [] as (Use & { methods: number })[] };
  const line = (node: { start: number }) => lineAt(text, node.start);

  const take = (source: ESTree.Expression | null | undefined, typeOnly: boolean) => {
    if (source?.type === 'Literal' && typeof source.value === 'string') {
      found.imports.push({ specifier: source.value, typeOnly, line: line(source) });
    }
  };
  new Visitor({
    ImportDeclaration: (node) => take(node.source, importsTypesOnly(node)),
    ExportNamedDeclaration: (node) => take(node.source, node.exportKind === 'type'),
    ExportAllDeclaration: (node) => take(node.source, node.exportKind === 'type'),
    ImportExpression: (node) => take(node.source, false),
    TSImportType: (node) => take(node.source, true),
    MemberExpression: (node) => {
      const what = memberName(node);
      if (what !== undefined) found.uses.push({ what, line: line(node) });
    },
    NewExpression: (node) => {
      if (isName(node.callee, 'Date') && node.arguments.length === 0) {
        found.uses.push({ what: 'new Date()', line: line(node) });
      }
    },
    CallExpression: (node) => {
      if (isName(node.callee, 'Date')) found.uses.push({ what: 'Date()', line: line(node) });
    },
    ClassBody: (node) => {
      found.classes.push({ what: 'class', line: line(node), methods: node.body.filter(isMethod).length });
    },
  }).visit(program);
  const onlyPassesOn = program.body.length > 0 && program.body.every(passesOn);
  const functions = functionSizes(text, program);
  return { ...found, mutables: topLevelMutables(program, line), onlyPassesOn, functions };
}

function topLevelMutables(program: ESTree.Program, line: (node: { start: number }) => number): Use[] {
  return program.body
    .map((node) => (node.type === 'ExportNamedDeclaration' ? node.declaration : node))
    .filter((node) => node?.type === 'VariableDeclaration')
    .filter((node) => node.kind !== 'const' && node.declare !== true)
    .map((node) => ({ what: node.kind, line: line(node) }));
}

function isMethod(member: ESTree.ClassBody['body'][number]): boolean {
  if (member.type === 'MethodDefinition') return true;
  return member.type === 'PropertyDefinition' && member.value?.type === 'ArrowFunctionExpression';
}

function passesOn(node: ESTree.Program['body'][number]): boolean {
  if (node.type === 'ExportAllDeclaration') return true;
  return node.type === 'ExportNamedDeclaration' && node.source !== null;
}

function importsTypesOnly(node: ESTree.ImportDeclaration): boolean {
  if (node.importKind === 'type') return true;
  return (
    node.specifiers.length > 0 &&
    node.specifiers.every((each) => each.type === 'ImportSpecifier' && each.importKind === 'type')
  );
}

function memberName(node: ESTree.MemberExpression): string | undefined {
  if (node.object.type !== 'Identifier') return undefined;
  if (node.property.type === 'Identifier' && !node.computed)
    return `${node.object.name}.${node.property.name}`;
  const literal = node.property.type === 'Literal' ? node.property.value : undefined;
  return typeof literal === 'string' ? `${node.object.name}.${literal}` : undefined;
}

function isName(node: { type: string; name?: unknown }, name: string): boolean {
  return node.type === 'Identifier' && node.name === name;
}
