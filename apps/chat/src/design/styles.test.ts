import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = globSync('**/*.module.css', { cwd: root });
const sources = new Map(
  globSync('**/*.tsx', { cwd: root }).map((path) => [path, readFileSync(`${root}${path}`, 'utf8')]),
);
const allCSS = globSync('**/*.css', { cwd: root }).map((path) => readFileSync(`${root}${path}`, 'utf8'));

test('there is something to check', () => {
  expect(modules.length).toBeGreaterThan(20);
});

/** Class names that are put together from a value: `face3`, `small`. */
const COMPUTED = /^(?:face|name)\d$|^(?:small|compact|medium|large|huge|person|group|primary|quiet|danger)$/u;

test.each(modules)('%s: every class is used, and every class used is there', (path) => {
  const defined = new Set(
    [...readFileSync(`${root}${path}`, 'utf8').matchAll(/\.([a-z][\w]*)/gu)].map(([, name]) => name),
  );
  const file = path.split('/').at(-1) ?? '';
  const users = [...sources].filter(([, source]) => source.includes(`/${file}'`));
  expect(users).toHaveLength(1);
  const used = new Set(
    users.flatMap(([, source]) => [...source.matchAll(/styles\.(\w+)/gu)].map(([, name]) => name)),
  );
  expect([...used].filter((name) => !defined.has(name))).toEqual([]);
  expect(
    [...defined].filter((name) => name !== undefined && !used.has(name) && !COMPUTED.test(name)),
  ).toEqual([]);
});

test('every variable that is used is defined', () => {
  const css = allCSS.join('\n');
  const defined = new Set([...css.matchAll(/(--[\w-]+):/gu)].map(([, name]) => name));
  const used = new Set([...css.matchAll(/var\((--[\w-]+)/gu)].map(([, name]) => name));
  expect([...used].filter((name) => !defined.has(name))).toEqual([]);
});

test('colours are tokens: outside of them only what knows both themes', () => {
  const outside = globSync('**/*.module.css', { cwd: root }).flatMap((path) =>
    readFileSync(`${root}${path}`, 'utf8')
      .split('\n')
      .filter((line) => /#[\da-f]{3,8}\b/iu.test(line) && !line.includes('light-dark('))
      .map((line) => `${path}: ${line.trim()}`),
  );
  expect(outside).toEqual([]);
});
