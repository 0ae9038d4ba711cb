import { describe, expect, test } from 'vitest';
import { explain, matches } from './install.js';

const lock = (packages: Record<string, { version?: string; optional?: boolean }>) => ({
  packages: { '': { version: '0.1.0' }, ...packages },
});

describe('whether the installation is that of the lock file', () => {
  const wanted = lock({
    'node_modules/ws': { version: '8.23.0' },
    'node_modules/@rolldown/binding-x': { version: '1.0.0', optional: true },
  });

  test.each<[string, { packages: Record<string, { version?: string }> }, boolean]>([
    ['everything is there', wanted, true],
    ['builds for other platforms are not missed', lock({ 'node_modules/ws': { version: '8.23.0' } }), true],
    ['more than is asked for does no harm', lock({ ...wanted.packages, 'node_modules/x': {} }), true],
    ['one is missing', lock({}), false],
    ['one is of another version', lock({ 'node_modules/ws': { version: '8.22.0' } }), false],
    ['nothing is recorded', { packages: {} }, false],
  ])('%s', (_, installed, expected) => {
    expect(matches(wanted, installed)).toBe(expected);
  });

  test('an optional build of another version is renewed', () => {
    const installed = lock({
      'node_modules/ws': { version: '8.23.0' },
      'node_modules/@rolldown/binding-x': { version: '0.9.0' },
    });
    expect(matches(wanted, installed)).toBe(false);
  });
});

describe('what npm printed becomes one sentence', () => {
  test.each([
    ['npm error code ENOTFOUND\nnpm error syscall getaddrinfo', 'registry cannot be reached'],
    [
      'npm error network request to … failed, reason: connect ECONNREFUSED 127.0.0.1:9',
      'registry cannot be reached',
    ],
    ['npm error code EBADPLATFORM', 'does not exist for this platform'],
    ['npm error code EUSAGE', 'does not match'],
    ['npm error code ENOSPC', 'disk is full'],
    ['npm error code EACCES', 'cannot be written'],
    ['npm could not be started: spawn npm ENOENT', 'npm is not installed'],
  ])('%s', (output, sentence) => {
    expect(explain(output)).toContain(sentence);
    expect(explain(output)).not.toContain('\n');
  });

  test('or is shown, its end at least, where nobody knows it', () => {
    const output = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n');
    expect(explain(output).split('\n').slice(1)).toEqual(output.split('\n').slice(-12));
  });
});
