import { expect, test } from 'vitest';
import { readArguments } from './script-arguments.ts';
import { runQuietly } from './run-quietly.ts';
import { script } from './tools.ts';

const fly = {
  command: 'npm run fly --',
  does: 'terns fly',
  options: {
    seed: { usual: 1, means: 'the first' },
    name: { usual: '', means: 'one of them' },
    out: { usual: 'artifacts', means: 'where to' },
    fast: { usual: false, means: 'without a rest' },
    over: { usual: [], means: 'what is crossed' },
  },
} as const;

const USAGE = `npm run fly -- [options]: terns fly

  --seed N        the first (1)
  --name NAME     one of them
  --out NAME      where to (artifacts)
  --fast          without a rest
  --over NAME …   what is crossed`;

test.each<[string[], object]>([
  [[], { seed: 1, name: '', out: 'artifacts', fast: false, over: [] }],
  [['--seed', '7', '--fast'], { seed: 7, name: '', out: 'artifacts', fast: true, over: [] }],
  [
    ['--seed=0.5', '--over', 'a', '--over=b'],
    { seed: 0.5, name: '', out: 'artifacts', fast: false, over: ['a', 'b'] },
  ],
])('%j is read', (args, values) => {
  expect(readArguments(fly, args)).toEqual({ values });
});

test.each([['--help'], ['-h'], ['--seed', '7', '--help']])('%j is told how', (...args) => {
  expect(readArguments(fly, args)).toEqual({ code: 0, text: USAGE });
});

test.each<[string[], string]>([
  [['--sed', '7'], "Unknown option '--sed'."],
  [['--seed'], "Option '--seed <value>' argument missing."],
  [['--seed', 'x'], '--seed is a number, not "x".'],
  [['--seed', '1e3'], '--seed is a number, not "1e3".'],
  [['--fast=no'], "Option '--fast' does not take an argument."],
  [['7'], "Unexpected argument '7'."],
])('%j is told what is wrong, and how', (args, sentence) => {
  expect(readArguments(fly, args)).toEqual({ code: 1, text: `${sentence}\n\n${USAGE}` });
});

test.each([
  ['sim', 'tests/sim/main.ts'],
  ['crash', 'tests/crash/main.ts'],
  ['power-loss', 'tests/power-loss/main.ts'],
  ['fuzz', 'tests/fuzz/main.ts'],
  ['life-cycles', 'tests/mini-program/life-cycles/main.ts'],
  ['bench', 'bench/main.ts'],
  ['bench:uploads', 'bench/uploads/main.ts'],
])(
  'npm run %s says how it is used, and runs nothing that it does not know',
  { timeout: 60_000 },
  async (name, path) => {
    const { code, output } = await runQuietly(script(path, '--nonsense'));
    expect(code).toBe(1);
    expect(output).toMatch(/^Unknown option '--nonsense'\.\n\n/);
    expect(output).toContain(`npm run ${name} -- [options]: `);
  },
);
