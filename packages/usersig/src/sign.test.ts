import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { read, sign, type SignRequest } from './index.ts';

const KEY = '5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e';
const REQUEST: SignRequest = {
  SDKAppID: 1_400_000_000,
  userID: 'administrator',
  secretKey: KEY,
  timeS: 1_700_000_000,
};

function documentOf(userSig: string): unknown {
  const packed = userSig.replaceAll('*', '+').replaceAll('-', '/').replaceAll('_', '=');
  return JSON.parse(inflateSync(Buffer.from(packed, 'base64')).toString());
}

describe('sign', () => {
  test('makes the published document', () => {
    expect(documentOf(sign(REQUEST))).toEqual({
      'TLS.ver': '2.0',
      'TLS.identifier': 'administrator',
      'TLS.sdkappid': 1_400_000_000,
      'TLS.time': 1_700_000_000,
      'TLS.expire': 15_552_000,
      'TLS.sig': 'JCzxanF8NTTXau4m+2h9wv7gYJnyNksm0xm1NEXU274=',
    });
  });

  test('makes the published UserSig, byte for byte', () => {
    expect(sign(REQUEST)).toBe(
      'eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwokpuZl5mcUlRYkl*UVQBcUp2YkFBZkpSlaGJgZQAJEpycxNVbIyNEcVTa0oyCwCiZuamhrBRYsz05WslLycqyoS89ws-EJCIhJLTXK1jTIsy8vM0yO98ir9sotzDSpyDf1cI0KNzE1slWoBQr40pw__',
    );
  });

  test.each<[string, Partial<SignRequest>]>([
    ['an SDKAppID of 0', { SDKAppID: 0 }],
    ['an SDKAppID past 32 bits', { SDKAppID: 2 ** 32 }],
    ['a fractional SDKAppID', { SDKAppID: 1.5 }],
    ['no userID', { userID: '' }],
    ['a userID of 33 characters', { userID: 'x'.repeat(33) }],
    ['a userID with a line end', { userID: 'alice\nTLS.sdkappid:1' }],
    ['a userID that is not ASCII', { userID: '爱丽丝' }],
    ['a fractional time', { timeS: 0.5 }],
    ['a negative time', { timeS: -1 }],
    ['a time past all bounds', { timeS: 1e12 }],
    ['no lifetime', { expireS: 0 }],
    ['a lifetime without end', { expireS: Infinity }],
    ['no key', { secretKey: '' }],
    ['a userBuf that would not fit', { userBuf: incompressible(4096) }],
  ])('refuses %s', (_, change) => {
    expect(() => sign({ ...REQUEST, ...change })).toThrow(RangeError);
  });

  test('takes the longest userID and the shortest lifetime', () => {
    const userSig = sign({ ...REQUEST, userID: '~'.repeat(32), expireS: 1, SDKAppID: 2 ** 32 - 1 });
    expect(read(userSig)).toMatchObject({
      ok: true,
      claims: { userID: '~'.repeat(32), expireS: 1, SDKAppID: 4_294_967_295 },
    });
  });
});

/** Bytes that deflate cannot shorten: a full-period linear congruential walk. */
function incompressible(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from(
    { length },
    () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 24,
  );
}
