// Makes everything of this package that is published: `npm run build -w packages/sdk`.

import { bundle, packageFolder } from './bundle.ts';
import { declarations } from './declarations.ts';
import { withExportedNames } from './exported-names.ts';
import { modularDeclarations } from './modular-declarations.ts';
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
const script = withExportedNames(umd);
const types = declarations();
/** What a path means to tools that read no `exports`: webpack 4, and compilers of that time. */
const folderOf = (main: string, types: string): string =>
  `${JSON.stringify({ main: `../dist/${main}.js`, module: `../dist/${main}.mjs`, types: `../dist/${types}.d.ts` }, null, 2)}\n`;
const same = (path: string): string =>
  `export * from '${path}';\nexport { create, default } from '${path}';\n`;

publish(packageFolder, {
  'dist/tim-js.mjs': esm,
  'dist/tim-js.js': script,
  'dist/compact.mjs': compactESM,
  'dist/compact.js': withExportedNames(compactUMD),
  'dist/node.mjs': nodeESM,
  'dist/node.cjs': withExportedNames(nodeCJS),
  'dist/modular.mjs': modular,
  'dist/modular.js': modularCJS,
  'dist/modular.d.mts': modularDeclarations('./tim-js.mjs'),
  'dist/modular.d.ts': modularDeclarations('./tim-js'),
  'dist/tim-js.d.ts': same('../tim-js'),
  'dist/tim-js.d.mts': types,
  // Tools of 2020 know no `exports`: they find these by their paths. A page may load either by a script tag.
  'tim-js.js': script,
  'tim-js-friendship.js': script,
  'tim-js.d.ts': types,
  'tim-js-friendship.d.ts': same('./tim-js'),
  'compact/package.json': folderOf('compact', 'tim-js'),
  'modular/package.json': folderOf('modular', 'modular'),
});
