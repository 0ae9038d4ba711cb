import { parseSync } from 'vite';

/** What the parser makes of a piece of a declaration file. */
export type Node = Readonly<Record<string, unknown>> & { type: string; start: number; end: number };

/** Tells a piece of the tree from its other values. */
export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value;

/** The tree of a declaration file, which has to be one. */
export function programOf(code: string): Node {
  const { program, errors } = parseSync('typings.d.ts', code);
  if (errors.length > 0) throw new Error(`The typings do not parse: ${errors[0]?.message ?? ''}`);
  return program as unknown as Node;
}

/** Visits each node of a tree, from the outside in. */
export function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) return value.forEach((each) => walk(each, visit));
  if (!isNode(value)) return;
  visit(value);
  for (const child of Object.values(value)) walk(child, visit);
}
