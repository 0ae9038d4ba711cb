import { expect, test } from 'vitest';
import { errorsOf } from './errors-of.ts';

const OURS =
  "packages/sdk/src/a.ts(1,2): error TS2550: Property 'at' does not exist\n  Do you need another library?";
const THEIRS =
  "packages/protocol/src/b.ts(3,4): error TS2550: Property 'flatMap' does not exist\n  Do you need another library?";
const narrow = { config: 'packages/sdk/tsconfig.es2018.json', judges: 'packages/sdk/' };

test.each<[string, Parameters<typeof errorsOf>, string[]]>([
  ['a passing run has none', [narrow, 0, ''], []],
  ['an error comes with its explanation', [narrow, 2, OURS], OURS.split('\n')],
  ['a neighbour is not judged', [narrow, 2, `${THEIRS}\n${OURS}\n${THEIRS}\n`], OURS.split('\n')],
  ['a project without a folder judges all', [{ config: 'x' }, 2, THEIRS], THEIRS.split('\n')],
  [
    'a broken configuration fails',
    [narrow, 1, "error TS5023: Unknown compiler option 'x'."],
    ["error TS5023: Unknown compiler option 'x'."],
  ],
  ['a project of nothing passes', [narrow, 2, "error TS18003: No inputs were found in config file 'x'."], []],
])('%s', (_, args, expected) => {
  expect(errorsOf(...args)).toEqual(expected);
});
