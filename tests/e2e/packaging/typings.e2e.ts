import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { compile, READERS } from './compiler.ts';
import { newerSyntaxIn } from './newer-syntax.ts';
import { createProject } from './package.ts';
import { importsOf, untypedPlaces } from './untyped-places.ts';

const app = createProject({ 'tim-js-sdk': 'packages/sdk', 'tim-wx-sdk': 'packages/sdk-wx' });
afterAll(() => app[Symbol.dispose]());

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
  tim.createFileMessage({
    to: 'bob',
    conversationType: TIM.TYPES.CONV_C2C,
    payload: { file: {} },
    onProgress: (p) => p.toFixed(),
  });
  tim.createImageMessage({ to: 'bob', conversationType: type, payload: { file: {} }, onProgress: undefined });
  tim.inviteSync({ userID: 'bob', data: '' }, ({ data }) => void data.inviteID, (error) => void error.code) satisfies string;
  onPhone.on(miniProgram.EVENT.KICKED_OUT, ({ data }) => void data.type);
  export { ready, type, friendship };
`;

test.each(READERS)('an application compiles, strictly and without the DOM: %s', (_, options, file) => {
  expect(compile(app, file, APPLICATION, options)).toBe('');
});

const TYPINGS = [
  'tim-js-sdk/tim-js.d.ts',
  'tim-js-sdk/dist/tim-js.d.mts',
  'tim-js-sdk/dist/modular.d.ts',
  'tim-js-sdk/dist/modular.d.mts',
  'tim-wx-sdk/tim-wx.d.ts',
];
const read = (path: string): string => readFileSync(join(app.folder, 'node_modules', path), 'utf8');

test.each(TYPINGS)('%s has a type for everything', (path) => {
  const code = read(path);
  expect(untypedPlaces(code)).toEqual([]);
  // What it takes from elsewhere is in a file that is looked at here too.
  expect(importsOf(code).filter((from) => !/^\.\/tim-js(?:\.mjs)?$/.test(from))).toEqual([]);
});

test.each(TYPINGS)('%s is in the language of TypeScript 3.8', (path) => {
  expect(newerSyntaxIn(read(path))).toEqual([]);
});

test('newer language would be found', () => {
  const newer = [
    'type A = [b: string];',
    'type A<B> = [...B[], string];',
    'type A = `a${string}`;',
    "import { type A } from './a';",
    "export type * from './a';",
    'type A<B> = { [C in keyof B as B]: C };',
    'interface A<in B> { c: B }',
    'declare function a<const B>(b: B): B;',
    'type A = abstract new () => object;',
    'type A<B> = B extends (infer C extends string) ? C : B;',
    'interface A { get b(): string }',
  ];
  for (const code of newer) expect(newerSyntaxIn(code), code).not.toEqual([]);
  expect(newerSyntaxIn('type A<B> = { [C in keyof B]: [B?] }; type D = [string, ...number[]];')).toEqual([]);
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
