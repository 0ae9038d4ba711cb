import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAdmission } from './admission.ts';
import { createLoginFailures } from './login-failures.ts';
import { isLoopback, networkOf, plainAddress, shortenedAddress } from './network.ts';
import { createTokenBuckets } from './token-buckets.ts';

const testClock = () => {
  let nowMs = 1000;
  return { monotonicMs: () => nowMs, pass: (ms: number) => (nowMs += ms) };
};

describe('token buckets', () => {
  const open = (clock = testClock(), keys = 100) => ({
    clock,
    buckets: createTokenBuckets({ perSecond: 2, burst: 3, keys, clock }),
  });

  test('give the burst, then the rate', () => {
    const { clock, buckets } = open();
    expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([true, true, true, false]);
    clock.pass(499);
    expect(buckets.take('a')).toBe(false);
    clock.pass(1);
    expect(buckets.has('a')).toBe(true);
    expect(buckets.take('a')).toBe(true);
    clock.pass(60_000);
    expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([true, true, true, false]);
  });

  test('keep keys apart', () => {
    const { buckets } = open();
    for (let count = 0; count < 4; count++) buckets.take('a');
    expect(buckets.has('a')).toBe(false);
    expect(buckets.take('b')).toBe(true);
  });

  test('hold no more keys than told, and forget the longest unused', () => {
    const { buckets } = open(testClock(), 100);
    for (let count = 0; count < 4; count++) buckets.take('noisy');
    for (let key = 0; key < 100_000; key++) {
      buckets.take(`stranger ${key}`);
      buckets.take('noisy');
    }
    expect(buckets.size).toBe(100);
    expect(buckets.has('noisy')).toBe(false);
  });

  test('never give more than burst + rate × time', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2000), { maxLength: 200 }), (waits) => {
        const { clock, buckets } = open();
        let taken = 0;
        let passedMs = 0;
        for (const waitMs of waits) {
          clock.pass(waitMs);
          passedMs += waitMs;
          if (buckets.take('a')) taken += 1;
        }
        expect(taken).toBeLessThanOrEqual(3 + (2 * passedMs) / 1000 + 1e-6);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe('admission', () => {
  const limits = { connections: 4, strangers: 3, strangersPerAddress: 2, connectsPerSecond: 100 };

  test('bounds strangers per address, and those who logged in are none', () => {
    const admission = createAdmission(limits, testClock());
    const first = admission.enter('192.0.2.1');
    const second = admission.enter('192.0.2.1');
    expect(admission.enter('192.0.2.1')).toBe('tooMany');
    if (typeof first === 'string' || typeof second === 'string') throw new Error('turned away');
    first.known();
    first.known();
    expect(admission.strangers).toBe(1);
    expect(admission.enter('192.0.2.1')).toBeTypeOf('object');
    second.left();
    expect([admission.connections, admission.strangers]).toEqual([2, 1]);
  });

  test('bounds strangers and connections in total', () => {
    const admission = createAdmission(limits, testClock());
    const places = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((address) => admission.enter(address));
    expect(admission.enter('192.0.2.4')).toBe('full');
    for (const place of places) if (typeof place === 'object') place.known();
    expect(admission.enter('192.0.2.4')).toBeTypeOf('object');
    expect(admission.enter('192.0.2.5')).toBe('full');
  });

  test('counts a /64 of IPv6 as one address', () => {
    const admission = createAdmission(limits, testClock());
    admission.enter('2001:db8:1:2::1');
    admission.enter('2001:db8:1:2:ffff::9');
    expect(admission.enter('2001:0db8:1:2:3:4:5:6')).toBe('tooMany');
    expect(admission.enter('2001:db8:1:3::1')).toBeTypeOf('object');
  });

  test('bounds the rate of connecting', () => {
    const clock = testClock();
    const admission = createAdmission({ ...limits, connectsPerSecond: 1 }, clock);
    const comeAndGo = () => {
      const place = admission.enter('192.0.2.1');
      if (typeof place === 'object') place.left();
      return place;
    };
    for (let count = 0; count < 10; count++) expect(comeAndGo()).toBeTypeOf('object');
    expect(comeAndGo()).toBe('tooMany');
    clock.pass(1000);
    expect(comeAndGo()).toBeTypeOf('object');
    expect([admission.connections, admission.strangers]).toEqual([0, 0]);
  });
});

describe('login failures', () => {
  test('stop one account from one address, for a while, and nobody else', () => {
    const clock = testClock();
    const failures = createLoginFailures(3, clock);
    for (let count = 0; count < 3; count++) failures.failed('1/alice', '192.0.2.1');
    expect(failures.mayTry('1/alice', '192.0.2.1')).toBe(false);
    expect(failures.mayTry('1/alice', '192.0.2.2')).toBe(true);
    expect(failures.mayTry('1/bob', '192.0.2.1')).toBe(true);
    clock.pass(60_000);
    expect(failures.mayTry('1/alice', '192.0.2.1')).toBe(true);
  });

  test('stop an address that fails for many accounts', () => {
    const failures = createLoginFailures(3, testClock());
    for (let account = 0; account < 30; account++) failures.failed(`1/u${account}`, '192.0.2.1');
    expect(failures.mayTry('1/somebody', '192.0.2.1')).toBe(false);
    expect(failures.mayTry('1/somebody', '192.0.2.2')).toBe(true);
  });
});

describe('addresses', () => {
  test.each([
    ['127.0.0.1', true],
    ['127.255.3.4', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['::FFFF:127.0.0.1', true],
    ['128.0.0.1', false],
    ['10.0.0.1', false],
    ['::2', false],
    ['127.0.0.1.evil.test', false],
    ['', false],
  ])('%s is loopback: %s', (address, expected) => {
    expect(isLoopback(address)).toBe(expected);
  });

  test.each([
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['2001:DB8::1', '2001:db8::1'],
  ])('%s is plainly %s', (address, expected) => {
    expect(plainAddress(address)).toBe(expected);
  });

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0db8:0001:0002:3:4:5:6', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s belongs to %s', (address, expected) => {
    expect(networkOf(address)).toBe(expected);
  });

  test.each([
    ['192.0.2.77', '192.0.2.x'],
    ['::ffff:192.0.2.77', '192.0.2.x'],
    ['2001:db8:1:2:3::4', '2001:db8:1::/48'],
    ['', ''],
  ])('%s is shortened to %s', (address, expected) => {
    expect(shortenedAddress(address)).toBe(expected);
  });
});
