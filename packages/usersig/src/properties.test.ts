import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signatureOf } from './claims.ts';
import { type Claims, read, sign, verify } from './index.ts';

const KEY = 'a'.repeat(64);
const printable = fc.stringMatching(/^[\x20-\x7e]{1,32}$/);

const claims = fc.record(
  {
    SDKAppID: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
    userID: printable,
    timeS: fc.integer({ min: 0, max: 999_999_999_999 }),
    expireS: fc.integer({ min: 1, max: 999_999_999_999 }),
    userBuf: fc.uint8Array({ maxLength: 600 }),
  },
  { requiredKeys: ['SDKAppID', 'userID', 'timeS', 'expireS'] },
);

test('what is signed is verified, whatever it says', () => {
  fc.assert(
    fc.property(claims, fc.double({ min: 0, max: 1, noNaN: true }), (signed, moment) => {
      const result = verify({
        userSig: sign({ ...signed, secretKey: KEY }),
        userID: signed.userID,
        SDKAppID: signed.SDKAppID,
        secretKeys: [KEY],
        nowS: signed.timeS + Math.floor(signed.expireS * moment),
      });
      expect(result.ok).toBe(true);
      if (!result.ok) return;
      expect(facts(result.claims)).toEqual(facts(signed));
    }),
  );
});

test('no change of one character lets anybody in as somebody else, or longer', () => {
  const userSig = sign({
    SDKAppID: 1_400_000_000,
    userID: 'alice',
    timeS: 1_700_000_000,
    expireS: 60,
    secretKey: KEY,
  });
  const character = fc.constantFrom(...'ABCXYZabcxyz0189*-_'.split(''));
  let readable = 0;
  fc.assert(
    fc.property(fc.nat({ max: userSig.length - 1 }), character, (at, replacement) => {
      const changed = userSig.slice(0, at) + replacement + userSig.slice(at + 1);
      const document = read(changed);
      if (!document.ok) return;
      readable += 1;
      const { userID, SDKAppID, timeS } = document.claims;
      const result = verify({ userSig: changed, userID, SDKAppID, secretKeys: [KEY], nowS: timeS });
      // Packing has slack bits: a changed text may still say exactly the same.
      if (result.ok)
        expect(result.claims).toMatchObject({ userID: 'alice', timeS: 1_700_000_000, expireS: 60 });
    }),
    { numRuns: 2_000 },
  );
  expect(readable).toBeGreaterThan(0);
});

test('different claims never share a signature', () => {
  fc.assert(
    fc.property(claims, claims, (one, other) => {
      const same = JSON.stringify(facts(one)) === JSON.stringify(facts(other));
      expect(signatureOf(one, KEY).equals(signatureOf(other, KEY))).toBe(same);
    }),
  );
});

test('anything at all is answered, never thrown at', () => {
  const alphabet = fc.constantFrom(...'ABCDabcd0123*-_+/= \n\u0000é'.split(''));
  const text = fc.oneof(fc.string(), fc.string({ unit: alphabet, maxLength: 300 }));
  fc.assert(
    fc.property(text, (userSig) => {
      expect(read(userSig).ok).toBe(false);
    }),
    { numRuns: 1_000 },
  );
});

function facts({ SDKAppID, userID, timeS, expireS, userBuf }: Claims) {
  return [SDKAppID, userID, timeS, expireS, userBuf === undefined ? null : Array.from(userBuf)];
}
