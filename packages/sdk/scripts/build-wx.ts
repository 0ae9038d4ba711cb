// Makes the package for mini programs: one file without the language of 2016, for `npm` in the tool or by hand; and beside it the
// same with the offline cache, which not every program has room for.

import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.ts';
import { declarations } from './declarations.ts';
import { withExportedNames } from './exported-names.ts';
import { publish } from './output.ts';

const build = (entry: string): Promise<string> =>
  bundle({
    source: `export { default } from './src/entries/${entry}.ts';`,
    format: 'cjs',
    target: 'es2015',
    smallest: true,
  });
const code = await build('wx');
const SAME_TYPES = "export * from './tim-wx';\nexport { create, default } from './tim-wx';\n";

publish(fileURLToPath(new URL('../../sdk-wx', import.meta.url)), {
  // What the mini-program tool takes, all of it; so the offline cache, a second copy of everything, is not among it.
  'dist/index.js': code,
  'dist/tim-wx-friendship.js': "module.exports = require('./index.js');\n",
  'tim-wx.js': withExportedNames(code),
  'tim-wx.d.ts': declarations(),
  'tim-wx-offline.js': withExportedNames(await build('wx-offline')),
  'tim-wx-offline.d.ts': SAME_TYPES,
  'tim-wx-friendship.js': withExportedNames("module.exports = require('./tim-wx.js');"),
  'tim-wx-friendship.d.ts': SAME_TYPES,
});
