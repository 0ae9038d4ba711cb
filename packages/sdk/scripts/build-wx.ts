// Makes the package for mini programs: one file without the language of 2016, for `npm` in the tool or by hand.

import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.ts';
import { declarations } from './declarations.ts';
import { publish } from './output.ts';

const code = await bundle({
  source: "export { default } from './src/entries/wx.ts';",
  format: 'cjs',
  target: 'es2015',
  smallest: true,
});

publish(fileURLToPath(new URL('../../sdk-wx', import.meta.url)), {
  'dist/index.js': code,
  'tim-wx.js': code,
  'tim-wx.d.ts': declarations(),
  'tim-wx-friendship.js': "module.exports = require('./tim-wx.js');\n",
  'tim-wx-friendship.d.ts': "export * from './tim-wx';\nexport { default } from './tim-wx';\n",
});
