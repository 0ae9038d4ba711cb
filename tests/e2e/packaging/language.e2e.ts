import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'acorn';
import { afterAll, expect, test } from 'vitest';
import { createProject } from './package.ts';

const app = createProject({ 'tim-js-sdk': 'packages/sdk', 'tim-wx-sdk': 'packages/sdk-wx' });
afterAll(() => app[Symbol.dispose]());

const read = (path: string): string => readFileSync(join(app.folder, 'node_modules', path), 'utf8');

const PUBLISHED = [
  ['tim-js-sdk/tim-js.js', 2018, 'script'],
  ['tim-js-sdk/tim-js-friendship.js', 2018, 'script'],
  ['tim-js-sdk/dist/tim-js.js', 2018, 'script'],
  ['tim-js-sdk/dist/tim-js.mjs', 2018, 'module'],
  ['tim-js-sdk/dist/compact.js', 2018, 'script'],
  ['tim-js-sdk/dist/compact.mjs', 2018, 'module'],
  ['tim-js-sdk/dist/modular.js', 2018, 'script'],
  ['tim-js-sdk/dist/modular.mjs', 2018, 'module'],
  ['tim-js-sdk/dist/node.cjs', 2018, 'script'],
  ['tim-js-sdk/dist/node.mjs', 2018, 'module'],
  ['tim-wx-sdk/tim-wx.js', 2015, 'script'],
  ['tim-wx-sdk/tim-wx-offline.js', 2015, 'script'],
  ['tim-wx-sdk/dist/index.js', 2015, 'script'],
] as const;

test.each(PUBLISHED)('%s has no syntax past ES%i', (path, ecmaVersion, sourceType) => {
  expect(() => parse(read(path), { ecmaVersion, sourceType })).not.toThrow();
});

test('the parser would tell', () => {
  expect(() => parse('a?.b', { ecmaVersion: 2018 })).toThrow(SyntaxError);
  expect(() => parse('({ ...a })', { ecmaVersion: 2015 })).toThrow(SyntaxError);
});

test.each(['tim-js-sdk/tim-js.js', 'tim-js-sdk/dist/tim-js.mjs', 'tim-wx-sdk/tim-wx.js'])(
  '%s makes no code from strings',
  (path) => {
    expect(read(path)).not.toMatch(/\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(/);
  },
);

/** Terser 4.8, of webpack 4, moves a name that a loop declares without a value out to where another of that name may be. */
test.each(PUBLISHED)('%s has no loop that webpack 4 would break', (path) => {
  const loops = read(path).match(/\bfor\s*\(\s*let\b[^)]*/g) ?? [];
  expect(loops).not.toEqual([]);
  expect(loops.filter((loop) => /let [\w$]+(?:\s*,\s*[\w$]+)*\s*;/.test(loop))).toEqual([]);
});

test('a mini program finds its file, and nothing of a page', () => {
  const manifest = JSON.parse(read('tim-wx-sdk/package.json')) as { miniprogram: string };
  const code = read(`tim-wx-sdk/${manifest.miniprogram}/index.js`);
  expect(code).not.toMatch(/(?<!\.)\b(document|window|XMLHttpRequest)\b\s*[.[]/);
  app.write('wx.cjs', "const TIM = require('tim-wx-sdk'); console.log(TIM.VERSION, TIM.default === TIM);");
  expect(app.run('wx.cjs').trim()).toBe('3.6.6 true');
});
