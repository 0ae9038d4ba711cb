// Makes everything of this package that is published: `npm run build -w packages/sdk`.

import { bundle, packageFolder } from './bundle.ts';
import { declarations, modularDeclarations } from './declarations.ts';
import { publish } from './output.ts';

/** The default alone: scripts and `require` get the object itself. */
const whole = (entry: string): string => `export { default } from './src/entries/${entry}.ts';`;
/** The default, and its members by name. */
const named = (entry: string): string => `${whole(entry)} export * from './src/entries/${entry}.ts';`;
const parts = "export * from './src/entries/modular.ts';";

const [esm, umd, compactESM, compactUMD, nodeESM, nodeCJS, modular, modularCJS] = await Promise.all([
  bundle({ source: named('browser'), format: 'es', target: 'es2018', smallest: true }),
  bundle({ source: whole('browser'), format: 'umd', target: 'es2018', smallest: true }),
  bundle({ source: named('compact'), format: 'es', target: 'es2018', smallest: true }),
  bundle({ source: whole('compact'), format: 'umd', target: 'es2018', smallest: true }),
  bundle({ source: named('node'), format: 'es', target: 'es2018' }),
  bundle({ source: whole('node'), format: 'cjs', target: 'es2018' }),
  bundle({ source: parts, format: 'es', target: 'es2018' }),
  bundle({ source: parts, format: 'cjs', target: 'es2018' }),
]);
const types = declarations();
const same = (path: string): string => `export * from '${path}';\nexport { default } from '${path}';\n`;

publish(packageFolder, {
  'dist/tim-js.mjs': esm,
  'dist/tim-js.js': umd,
  'dist/compact.mjs': compactESM,
  'dist/compact.js': compactUMD,
  'dist/node.mjs': nodeESM,
  'dist/node.cjs': nodeCJS,
  'dist/modular.mjs': modular,
  'dist/modular.js': modularCJS,
  'dist/modular.d.mts': modularDeclarations('./tim-js.mjs'),
  'dist/modular.d.ts': modularDeclarations('./tim-js'),
  'dist/tim-js.d.ts': same('../tim-js'),
  'dist/tim-js.d.mts': types,
  // Tools of 2020 know no `exports`: they find these by their paths. A page may load either by a script tag.
  'tim-js.js': umd,
  'tim-js-friendship.js': umd,
  'tim-js.d.ts': types,
  'tim-js-friendship.d.ts': same('./tim-js'),
});
