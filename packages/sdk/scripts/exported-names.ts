/** What the object that a script or `require` gets has, and what it hides. */
const NAMES = ['create', 'EVENT', 'TYPES', 'TSignaling', 'VERSION', 'STERNA_VERSION', 'default'];

/**
 * Says in a CommonJS file, in code that never runs, which names it exports. Whoever reads the text only, as Node does before an
 * `import` of it, and type checkers of packages, cannot see them where one object is exported that has them.
 */
export function withExportedNames(code: string): string {
  return `${code.trimEnd()}\n0&&(${NAMES.map((name) => `exports.${name}=`).join('')}0);\n`;
}
