import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { build } from 'vite';
import webpack4 from 'webpack4';
import { createProject } from './package.ts';

const app = createProject({ '@sterna/sdk': 'packages/sdk' });
afterAll(() => app[Symbol.dispose]());

/** The imports of an application of each era, which the guide says may stay; prints how many SDKs it got. */
const APPLICATION = `
  import TIM from 'tim-js-sdk';
  import friendship from 'tim-js-sdk/tim-js-friendship';
  import Chat from '@tencentcloud/chat';
  const instances = new Set([TIM, friendship, Chat].map((it) => it.create({ SDKAppID: 1400000001 })));
  console.log(JSON.stringify({ instances: instances.size, version: Chat.VERSION }));
`;
const EXPECTED = { instances: 1, version: '3.6.6' };

test('the aliases of the migration guide: webpack 4', async () => {
  const entry = app.write('app.js', APPLICATION);
  const output = { path: app.folder, filename: 'webpack.cjs', hashFunction: 'sha256' };
  const alias = { 'tim-js-sdk': '@sterna/sdk', '@tencentcloud/chat$': '@sterna/sdk' };
  const options = {
    mode: 'production',
    entry,
    output,
    context: app.folder,
    devtool: false,
    resolve: { alias },
  };
  const compiler = webpack4(options);
  const stats = await promisify(compiler.run.bind(compiler))();
  expect(stats.toJson({ all: false, errors: true, warnings: true })).toMatchObject({
    errors: [],
    warnings: [],
  });
  expect(JSON.parse(app.run(output.filename))).toEqual(EXPECTED);
});

test('the aliases of the migration guide: Vite', async () => {
  const entry = app.write('app.js', APPLICATION);
  await build({
    root: app.folder,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { 'tim-js-sdk': '@sterna/sdk', '@tencentcloud/chat': '@sterna/sdk' } },
    build: { outDir: 'vite', lib: { entry, formats: ['cjs'], fileName: () => 'app.cjs' } },
  });
  expect(JSON.parse(app.run('vite/app.cjs'))).toEqual(EXPECTED);
});
