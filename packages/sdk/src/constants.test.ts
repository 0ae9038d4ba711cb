import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readPublishedAPI } from '../compatibility/published-api.ts';
import { EVENT, STERNA_VERSION, TSignaling, TYPES, VERSION } from './constants.ts';

const { builds } = readPublishedAPI();
const ours: Record<'EVENT' | 'TYPES' | 'TSignaling', Record<string, string | number>> = {
  EVENT,
  TYPES,
  TSignaling,
};

describe.each(Object.entries(builds))('the constants of %s', (_, build) => {
  test.each(['EVENT', 'TYPES', 'TSignaling'] as const)('%s: every name with its value', (table) => {
    expect(ours[table]).toMatchObject(build[table]);
  });
});

test('nothing is here that no published build has', () => {
  const all = Object.values(builds);
  expect(all).toHaveLength(3);
  for (const table of ['EVENT', 'TYPES', 'TSignaling'] as const) {
    const union = Object.assign({}, ...all.map((build) => build[table])) as object;
    expect(ours[table]).toEqual(union);
  }
  expect([EVENT, TYPES, TSignaling].map((table) => Object.keys(table).length)).toEqual([39, 115, 12]);
});

test('VERSION is the newest API level and STERNA_VERSION the package version', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(VERSION).toBe(builds['3.6.6']?.VERSION);
  expect(STERNA_VERSION).toBe(manifest.version);
});
