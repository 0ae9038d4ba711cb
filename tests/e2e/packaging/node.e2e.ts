import { afterAll, describe, expect, test } from 'vitest';
import { createProject } from './package.ts';

const app = createProject({ 'tim-js-sdk': 'packages/sdk', 'tim-wx-sdk': 'packages/sdk-wx' });
afterAll(() => app[Symbol.dispose]());

/** Prints a JSON value from a file of the application. */
function evaluate(path: string, text: string, args: readonly string[] = []): unknown {
  app.write(path, text);
  return JSON.parse(app.run(path, args));
}

const KEYS = ['EVENT', 'STERNA_VERSION', 'TSignaling', 'TYPES', 'VERSION', 'create'];

describe('in Node', () => {
  test('require gives the object itself, acyclic, with a hidden default', () => {
    const program = `
      const TIM = require('tim-js-sdk');
      console.log(JSON.stringify({ keys: Object.keys(TIM).sort(), self: TIM.default === TIM, json: JSON.parse(JSON.stringify(TIM)).VERSION }));`;
    expect(evaluate('cjs.cjs', program)).toEqual({ keys: KEYS, self: true, json: '3.6.6' });
  });

  test('import gives the same by default and by name', () => {
    const program = `
      import TIM, { create, EVENT } from 'tim-js-sdk';
      import * as all from 'tim-js-sdk';
      console.log(JSON.stringify({ keys: Object.keys(all).sort(), same: TIM.create === create && TIM.EVENT === EVENT }));`;
    expect(evaluate('esm.mjs', program)).toEqual({ keys: [...KEYS, 'default'].toSorted(), same: true });
  });

  test('what is CommonJS only has its names for an import too', () => {
    const program = `
      import TIM, { create, EVENT } from 'tim-wx-sdk';
      import * as friendship from 'tim-wx-sdk/tim-wx-friendship.js';
      const same = TIM.create === create && TIM.EVENT === EVENT && friendship.create === create;
      console.log(JSON.stringify({ keys: Object.keys(TIM).sort(), names: Object.keys(friendship).filter((name) => name in TIM).sort(), same }));`;
    expect(evaluate('names.mjs', program)).toEqual({
      keys: KEYS,
      names: [...KEYS, 'default'].toSorted(),
      same: true,
    });
  });

  test('every path and format shares one registry of instances', () => {
    const program = `
      import { createRequire } from 'node:module';
      import ESM from 'tim-js-sdk';
      import friendship from 'tim-js-sdk/tim-js-friendship';
      import friendshipJS from 'tim-js-sdk/tim-js-friendship.js';
      import script from 'tim-js-sdk/tim-js.js';
      import dist from 'tim-js-sdk/dist/tim-js.js';
      const require = createRequire(import.meta.url);
      const all = [ESM, friendship, friendshipJS, script, dist, require('tim-js-sdk'), require('tim-js-sdk/tim-js-friendship'), require('tim-js-sdk/tim-js-friendship.js')];
      const instances = new Set(all.map((TIM) => TIM.create({ SDKAppID: 1400000001 })));
      console.log(JSON.stringify({ copies: all.length, instances: instances.size, version: require('tim-js-sdk/package.json').version }));`;
    expect(evaluate('registry.mjs', program)).toEqual({ copies: 8, instances: 1, version: '0.1.0' });
  });

  test('the modular entry composes what it is given, required or imported', () => {
    const program = `
      import { createRequire } from 'node:module';
      import { composeSDK, profiles } from 'tim-js-sdk/modular';
      const required = createRequire(import.meta.url)('tim-js-sdk/modular');
      const codes = [];
      for (const TIM of [composeSDK([profiles]), required.composeSDK([required.profiles])]) {
        const tim = TIM.create({ SDKAppID: 1400000001 + codes.length });
        for (const call of [tim.getMyProfile, tim.getGroupList]) await call().catch(({ code }) => codes.push(code));
      }
      console.log(JSON.stringify(codes));`;
    expect(evaluate('modular.mjs', program)).toEqual([2024, 2998, 2024, 2998]);
  });

  test.each([
    'tim-js-sdk',
    'tim-js-sdk/compact',
    'tim-js-sdk/modular',
    'tim-js-sdk/dist/tim-js.mjs',
    'tim-js-sdk/tim-js.js',
    'tim-wx-sdk',
  ])(
    'importing %s touches nothing of the host: no timer, no listener, no storage, no global, no code from strings',
    (specifier) => {
      const program = `
        const touched = [];
        for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'fetch', 'WebSocket', 'navigator', 'localStorage', 'sessionStorage', 'indexedDB', 'window', 'self', 'document', 'location', 'addEventListener', 'wx', 'uni']) {
          Object.defineProperty(globalThis, name, { configurable: true, get() { touched.push(name); } });
        }
        const { now } = Date, { random } = Math;
        Date.now = () => (touched.push('Date.now'), now());
        Math.random = () => (touched.push('Math.random'), random());
        const before = new Set(Object.getOwnPropertyNames(globalThis));
        const TIM = await import('${specifier}');
        const seen = [...touched];
        const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name));
        const { create, composeSDK } = TIM.default ?? TIM;
        console.log(JSON.stringify({ seen, added, entry: typeof (create ?? composeSDK) }));`;
      const result = evaluate('effects.mjs', program, ['--disallow-code-generation-from-strings']);
      expect(result).toEqual({ seen: [], added: [], entry: 'function' });
    },
  );
});
