import { defineConfig } from 'oxlint';
import { ADAPTERS, PLATFORM_GLOBALS, TEST_SOURCES } from './scripts/house-rules/layers.ts';

const restrictedGlobals = Object.entries(PLATFORM_GLOBALS).map(([name, message]) => ({ name, message }));

/** Files whose default export is demanded by the tool, or the public, that loads them. */
const DEFAULT_EXPORTS = [
  '**/*.config.ts',
  'packages/sdk/src/{index,entries/*}.ts',
  'packages/sdk-wx/src/**',
  'apps/*/src/**/*.d.ts',
  'apps/*/dev/**',
];

const DECODERS = [
  'packages/core/src/{records,given}.ts',
  'packages/core/src/delivery/run-command.ts',
  'packages/protocol/src/{schema-text,documentation}.ts',
  'packages/server/src/gateway/accepted-command.ts',
];

export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'oxc'],
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  ignorePatterns: ['**/dist/**', '**/data/**', 'artifacts/**', 'packages/*/tim-js*.js'],
  categories: { correctness: 'error' },
  rules: {
    // Sizes. A file past these is two things under one name; functions and classes are the house rules' to measure.
    'max-lines': ['error', { max: 400 }],
    'max-params': ['error', { max: 4 }],
    'max-depth': ['error', { max: 3 }],
    // A switch over a union is one decision, however many members the union has.
    complexity: ['error', { max: 20, variant: 'modified' }],

    // Types say the truth.
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-unsafe-type-assertion': 'error',
    'typescript/no-unsafe-argument': 'error',
    'typescript/no-unsafe-assignment': 'error',
    'typescript/no-unsafe-call': 'error',
    'typescript/no-unsafe-member-access': 'error',
    'typescript/no-unsafe-return': 'error',
    'typescript/no-unnecessary-type-assertion': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/consistent-type-imports': 'error',
    'typescript/no-import-type-side-effects': 'error',
    'typescript/no-namespace': 'error',
    'typescript/no-require-imports': 'error',

    // Promises are awaited, errors are handled or thrown.
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/await-thenable': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/return-await': ['error', 'error-handling-correctness-only'],
    'no-empty': ['error', { allowEmptyCatch: false }],

    // Modules are named, flat and without cycles.
    'import/no-default-export': 'error',
    'import/no-cycle': 'error',
    'import/no-mutable-exports': 'error',
    'unicorn/prefer-node-protocol': 'error',

    // Our objects are closures over their state: their functions need no `this`.
    'typescript/unbound-method': 'off',
    // Our ids are ASCII; texts are measured in bytes.
    'typescript/no-misused-spread': 'off',
    // A copy is what makes it safe to change a collection while walking it.
    'unicorn/no-useless-spread': 'off',
    // Text from strangers is held against control characters.
    'no-control-regex': 'off',
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'no-var': 'error',
    'prefer-const': 'error',
    'no-alert': 'error',
    'no-proto': 'error',
    'no-sequences': 'error',
    'unicorn/no-abusive-eslint-disable': 'error',
  },
  overrides: [
    {
      files: ['packages/*/src/**/*.ts'],
      rules: { 'no-restricted-globals': ['error', ...restrictedGlobals] },
    },
    {
      files: [...ADAPTERS, ...TEST_SOURCES],
      rules: { 'no-restricted-globals': 'off' },
    },
    {
      // A describe block is a list of tests; a fake answers what no real peer would.
      files: [...TEST_SOURCES, 'tests/**', 'bench/**'],
      rules: {
        'typescript/no-unsafe-type-assertion': 'off',
        'typescript/no-unsafe-argument': 'off',
        'typescript/no-unsafe-assignment': 'off',
        'typescript/no-unsafe-call': 'off',
        'typescript/no-unsafe-member-access': 'off',
        'typescript/no-unsafe-return': 'off',
      },
    },
    {
      // A mini program is written in plain JavaScript, which its tool takes as it is.
      files: ['apps/miniprogram/**/*.js'],
      rules: {
        'typescript/no-require-imports': 'off',
        'typescript/no-unsafe-argument': 'off',
        'typescript/no-unsafe-assignment': 'off',
        'typescript/no-unsafe-call': 'off',
        'typescript/no-unsafe-member-access': 'off',
        'typescript/no-unsafe-return': 'off',
      },
    },
    {
      // What is known of stored or validated data, and of the schema library's insides, is asserted here and nowhere else.
      files: DECODERS,
      rules: { 'typescript/no-unsafe-type-assertion': 'off', 'typescript/no-unsafe-assignment': 'off' },
    },
    {
      files: ['apps/**/*.tsx'],
      plugins: ['react', 'jsx-a11y'],
      rules: {
        // A dialog that opens moves the focus into itself.
        'jsx-a11y/no-autofocus': 'off',
      },
    },
    { files: DEFAULT_EXPORTS, rules: { 'import/no-default-export': 'off' } },
  ],
});
