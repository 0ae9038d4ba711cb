import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { createProject } from './package.ts';
import { importsOf, untypedPlaces } from './untyped-places.ts';

const app = createProject({ 'tim-js-sdk': 'packages/sdk', 'tim-wx-sdk': 'packages/sdk-wx' });
afterAll(() => app[Symbol.dispose]());
const tsc = fileURLToPath(new URL('../../../node_modules/.bin/tsc', import.meta.url));

const APPLICATION = `
  import TIM, { type ChatSDK, type Message, type Conversation } from 'tim-js-sdk';
  import friendship from 'tim-js-sdk/tim-js-friendship';
  import { composeSDK, messages } from 'tim-js-sdk/modular';
  import compact from 'tim-js-sdk/compact';
  import miniProgram from 'tim-wx-sdk';
  composeSDK([messages]).create({ SDKAppID: 1400000001 }) satisfies ChatSDK;
  const tim: ChatSDK = TIM.create({ SDKAppID: 1400000001 });
  const ready: TIM.EVENT = TIM.EVENT.SDK_READY;
  let type: TIM.TYPES = TIM.TYPES.CONV_C2C;
  tim.on(TIM.EVENT.MESSAGE_RECEIVED, ({ data }) => data.forEach((message: Message) => show(message)));
  tim.on(TIM.EVENT.CONVERSATION_LIST_UPDATED, ({ data }) => { const list: Conversation[] = data; void list; });
  function show(message: Message): string {
    return message.type === TIM.TYPES.MSG_TEXT ? message.payload.text : message.ID;
  }
  compact.create({ SDKAppID: 1400000001 }) satisfies ChatSDK;
  const onPhone = miniProgram.create({ SDKAppID: 1400000001 });
  onPhone.on(miniProgram.EVENT.KICKED_OUT, ({ data }) => void data.type);
  export { ready, type, friendship };
`;

test.each([
  ['a bundler', { module: 'esnext', moduleResolution: 'bundler' }, 'app.ts'],
  ['Node, ES modules', { module: 'nodenext', moduleResolution: 'nodenext' }, 'app.mts'],
  ['Node, CommonJS', { module: 'nodenext', moduleResolution: 'nodenext' }, 'app.cts'],
])('an application compiles, strictly and without the DOM: %s', (_, options, file) => {
  app.write(file, APPLICATION);
  app.write(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: {
        ...options,
        target: 'es2018',
        lib: ['es2018'],
        types: [],
        strict: true,
        noUnusedLocals: true,
        skipLibCheck: false,
        exactOptionalPropertyTypes: true,
        noEmit: true,
      },
      files: [file],
    }),
  );
  let output = '';
  try {
    execFileSync(tsc, ['-p', app.folder], { cwd: app.folder, encoding: 'utf8' });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  expect(output).toBe('');
});

test.each([
  'tim-js-sdk/tim-js.d.ts',
  'tim-js-sdk/dist/tim-js.d.mts',
  'tim-js-sdk/dist/modular.d.ts',
  'tim-js-sdk/dist/modular.d.mts',
  'tim-wx-sdk/tim-wx.d.ts',
])('%s has a type for everything', (path) => {
  const code = readFileSync(join(app.folder, 'node_modules', path), 'utf8');
  expect(untypedPlaces(code)).toEqual([]);
  // What it takes from elsewhere is in a file that is looked at here too.
  expect(importsOf(code).filter((from) => !/^\.\/tim-js(?:\.mjs)?$/.test(from))).toEqual([]);
});

test('what has no type would be found', () => {
  expect(untypedPlaces('export declare function f(a: string, b): void;')).toHaveLength(1);
  expect(untypedPlaces('export declare function f(a: string);')).toHaveLength(1);
  expect(
    untypedPlaces('export interface A { b; c(d: Function): Promise<any>; e(...f): (g) => void }'),
  ).toHaveLength(5);
  expect(untypedPlaces('export interface A<B> { c: B[]; d<E>(f: E, ...g: B[]): Map<B, E> }')).toEqual([]);
  const published = readFileSync(
    new URL('../../../node_modules/published-chat/index.d.ts', import.meta.url),
    'utf8',
  );
  expect(untypedPlaces(published).length).toBeGreaterThan(100);
});
