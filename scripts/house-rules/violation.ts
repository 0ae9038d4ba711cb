/** One breach of one rule, as it is printed. */
export type Violation = { path: string; line: number; text: string };

/** The one-based line that an offset of the text falls into. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
