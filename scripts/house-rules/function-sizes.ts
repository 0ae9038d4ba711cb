import { type ESTree, Visitor } from 'vite';
import { lineAt } from './violation.ts';

export type FunctionSize = { line: number; lines: number };

type Span = { start: number; end: number };

/**
 * How many lines each function has of its own. A function inside it counts for itself: an object made of closures is
 * as long as its longest closure, like a class.
 */
export function functionSizes(text: string, program: ESTree.Program): FunctionSize[] {
  const sizes: FunctionSize[] = [];
  const open: { inner: number }[] = [];
  const enter = () => void open.push({ inner: 0 });
  const leave = ({ start, end }: Span) => {
    const total = lineAt(text, end - 1) - lineAt(text, start) + 1;
    const lines = total - (open.pop()?.inner ?? 0);
    const around = open.at(-1);
    // The line that opens an inner function belongs to the outer one as well.
    if (around !== undefined) around.inner += total - 1;
    sizes.push({ line: lineAt(text, start), lines });
  };
  new Visitor({
    FunctionDeclaration: enter,
    'FunctionDeclaration:exit': leave,
    FunctionExpression: enter,
    'FunctionExpression:exit': leave,
    ArrowFunctionExpression: enter,
    'ArrowFunctionExpression:exit': leave,
  }).visit(program);
  return sizes;
}
