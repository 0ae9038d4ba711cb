import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { protocolText } from './schema-text.ts';
import { CLOSE, ERRORS, PROTOCOL_VERSION } from './tables.ts';

/**
 * The wire cannot change by accident. When this fails, ask whether an older client and a newer server (and the other way round)
 * still understand one another. An addition that old ones ignore: write the new hash here. Anything else: raise
 * `PROTOCOL_VERSION`, add a line to its history, and keep what the old version needs.
 */
const HASHES: Record<number, string> = {
  1: '2140c0bb3a98037a',
};

test('the schemas are those of this version', () => {
  const text = [protocolText(), JSON.stringify(ERRORS), JSON.stringify(CLOSE)].join('\n');
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  expect(hash).toBe(HASHES[PROTOCOL_VERSION]);
});

test('no two errors share a code, and every code is one that JSON carries', () => {
  const codes = Object.values(ERRORS).map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.every(Number.isSafeInteger)).toBe(true);
});
