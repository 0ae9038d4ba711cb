import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { build } from 'vite';
import { bundleWith } from './bundle-with.ts';
import { createProject } from './package.ts';

const app = createProject({ 'tim-js-sdk': 'packages/sdk' });
afterAll(() => app[Symbol.dispose]());

/** As published applications import it, all ways in one file; prints what it got. */
const APPLICATION = `
  import TIM from 'tim-js-sdk';
  import * as everything from 'tim-js-sdk';
  import friendship from 'tim-js-sdk/tim-js-friendship';
  import friendshipJS from 'tim-js-sdk/tim-js-friendship.js';
  const tim = TIM.create({ SDKAppID: 1400000001 });
  const same = [everything, friendship, friendshipJS].every((it) => it.create({ SDKAppID: 1400000001 }) === tim);
  tim.on(TIM.EVENT.SDK_READY, () => undefined);
  tim.getMyProfile().catch((error) => console.log(JSON.stringify({ same, version: TIM.VERSION, code: error.code, json: typeof JSON.stringify(TIM) })));
`;
const EXPECTED = { same: true, version: '3.6.6', code: expect.any(Number) as number, json: 'string' };

describe.each(['development', 'production'] as const)('webpack 4, %s', (mode) => {
  const bundled = async (name: string, program: string): Promise<unknown> => {
    const entry = app.write(`${name}.js`, program);
    const output = join(app.folder, `${name}-${mode}.cjs`);
    await bundleWith('webpack 4', { folder: app.folder, entry, output, mode });
    return JSON.parse(app.run(basename(output)));
  };

  test('bundles it and the bundle runs', async () => {
    expect(await bundled('app', APPLICATION)).toEqual(EXPECTED);
  });

  test('requires it as older applications do', async () => {
    const program = `
      const TIM = require('tim-js-sdk'); const create = (TIM.default || TIM).create;
      console.log(JSON.stringify([typeof create, typeof TIM.EVENT, require('tim-js-sdk/dist/tim-js.js').VERSION]));`;
    expect(await bundled('require', program)).toEqual(['function', 'object', '3.6.6']);
  });
});

test('Vite bundles it once, whichever path an application takes', async () => {
  const input = app.write('vite.js', APPLICATION);
  const result = await build({
    configFile: false,
    root: app.folder,
    logLevel: 'warn',
    build: {
      write: true,
      outDir: 'vite-out',
      minify: false,
      rolldownOptions: { input, output: { entryFileNames: 'app.mjs' } },
    },
  });
  expect(JSON.parse(app.run('vite-out/app.mjs'))).toEqual(EXPECTED);
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((it) =>
    'output' in it ? it.output : [],
  );
  const code = outputs.map((output) => (output.type === 'chunk' ? output.code : '')).join('');
  expect(code.split('sterna.instances')).toHaveLength(2);
});

test('a modular build has the named domains only, and leaves the code of the others out', async () => {
  const bundleOf = async (domains: string): Promise<string> => {
    const input = app.write(
      'modular.js',
      `import { composeSDK, ${domains} } from 'tim-js-sdk/modular';
       const tim = composeSDK([${domains}]).create({ SDKAppID: 1400000001 });
       Promise.all([tim.getMyProfile(), tim.getGroupList()].map((it) => it.catch(({ code }) => code))).then((codes) => console.log(JSON.stringify(codes)));`,
    );
    await build({
      configFile: false,
      root: app.folder,
      logLevel: 'warn',
      build: { outDir: 'modular-out', rolldownOptions: { input, output: { entryFileNames: 'app.mjs' } } },
    });
    return readFileSync(join(app.folder, 'modular-out/app.mjs'), 'utf8');
  };
  const withGroups = await bundleOf('profiles, groups');
  expect(JSON.parse(app.run('modular-out/app.mjs'))).toEqual([2024, 2024]);
  const without = await bundleOf('profiles');
  expect(JSON.parse(app.run('modular-out/app.mjs'))).toEqual([2024, 2998]);
  expect(without.length).toBeLessThan(withGroups.length - 1_000);
});
