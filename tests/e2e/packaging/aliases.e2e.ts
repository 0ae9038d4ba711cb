import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { build } from 'vite';
import { bundleWith } from './bundle-with.ts';
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

test.each([
  ['webpack 4', 'production'],
  ['webpack 5', 'development'],
] as const)('the aliases of the migration guide: %s', async (bundler, mode) => {
  const entry = app.write('app.js', APPLICATION);
  const alias = { 'tim-js-sdk': '@sterna/sdk', '@tencentcloud/chat$': '@sterna/sdk' };
  const name = `${bundler.replace(' ', '')}.cjs`;
  await bundleWith(bundler, { folder: app.folder, entry, output: join(app.folder, name), mode, alias });
  expect(JSON.parse(app.run(name))).toEqual(EXPECTED);
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
