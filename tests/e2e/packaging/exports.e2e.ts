import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { compile, READERS } from './compiler.ts';
import { createProject } from './package.ts';

const app = createProject({ 'tim-js-sdk': 'packages/sdk', 'tim-wx-sdk': 'packages/sdk-wx' });
afterAll(() => app[Symbol.dispose]());

const PAGES = ['tim-js-sdk', 'tim-js-sdk/tim-js-friendship', 'tim-js-sdk/compact', 'tim-js-sdk/modular'];
const MINI_PROGRAMS = ['tim-wx-sdk', 'tim-wx-sdk/tim-wx-friendship', 'tim-wx-sdk/tim-wx-offline'];

/** The names that a path gives when it runs. */
function namesOf(path: string, by: 'import' | 'require'): string[] {
  const load = by === 'import' ? `await import('${path}')` : `require('${path}')`;
  const file = by === 'import' ? 'names.mjs' : 'names.cjs';
  app.write(file, `console.log(JSON.stringify(Object.getOwnPropertyNames(${load})))`);
  const names = JSON.parse(app.run(file)) as string[];
  // How bundlers tell one another what a required file was.
  return names.filter((name) => name !== '__esModule');
}

/** Says so where the typings of a path have other names than these. */
const comparing = (names: readonly string[], path: string): string => `
  import type * as typed from '${path}';
  type Names = ${names.map((name) => `'${name}'`).join(' | ')};
  function isNever<Type>(answer: [Type] extends [never] ? true : false): boolean { return answer; }
  isNever<Exclude<Names, keyof typeof typed>>(true);
  isNever<Exclude<keyof typeof typed, Names>>(true);
`;

test.each([
  ...PAGES.flatMap((path) => [[path, 'import'] as const, [path, 'require'] as const]),
  ...MINI_PROGRAMS.map((path) => [path, 'require'] as const),
])('%s, by %s: its typings have the names that it has', (path, by) => {
  const names = namesOf(path, by);
  expect(names).toContain(path.endsWith('modular') ? 'composeSDK' : 'create');
  const nodenext = READERS[1][1];
  const file = by === 'import' ? 'names.mts' : 'names.cts';
  expect(compile(app, file, comparing(names, path), nodenext)).toBe('');
});

test('names that are not the same would be found', () => {
  const names = namesOf('tim-js-sdk/modular', 'import');
  const output = (given: readonly string[]): string =>
    compile(app, 'names.mts', comparing(given, 'tim-js-sdk/modular'), READERS[1][1]);
  expect(output(names.slice(1))).toContain('error TS2345');
  expect(output([...names, 'undeclared'])).toContain('error TS2345');
});

/** The examples of a chapter of the package's README. */
function examples(chapter: string): string[] {
  const readme = readFileSync(join(app.folder, 'node_modules/tim-js-sdk/README.md'), 'utf8');
  const [, text = ''] = readme.split(`\n## ${chapter}\n`);
  const [own = ''] = text.split('\n## ');
  return [...own.matchAll(/```js\n(.*?)```/gs)].map(([, code = '']) => code);
}

test.each(READERS)('the examples of the modular build compile: %s', (_, options, file) => {
  const [composing = '', uploading = '', listening = '', ...more] = examples('Only what you need');
  expect(more).toEqual([]);
  const code = `
    ${composing}
    import { eventsOf, offlineCache, uploads } from 'tim-js-sdk/modular';
    import type { Message } from 'tim-js-sdk';
    const tim = composeSDK([uploads, offlineCache]).create({ SDKAppID: 1400000001 });
    declare const input: object;
    const show = (message: Message): void => void message.ID;
    export async function upload(): Promise<void> { ${uploading} }
    export async function listen(): Promise<void> { ${listening} }
  `;
  expect(code).toContain('eventsOf(tim, ');
  expect(compile(app, file, code, options)).toBe('');
});
