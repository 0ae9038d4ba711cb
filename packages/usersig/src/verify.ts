import { timingSafeEqual } from 'node:crypto';
import { type Claims, signatureOf } from './claims.ts';
import { fail, type Failure } from './failure.ts';
import { MAX_CLOCK_SKEW_S } from './limits.ts';
import { read } from './read.ts';

export type VerifyRequest = {
  userSig: string;
  /** Whom, and which app, the bearer claims to be. */
  userID: string;
  SDKAppID: number;
  /** Every active key of the app; there are two while one is being replaced. */
  secretKeys: readonly string[];
  nowS: number;
};

export type VerifyResult = { ok: true; claims: Claims } | Failure;

/** Whether a UserSig lets its bearer in, now. Whether it was revoked or the account is blocked, the accounts know. */
export function verify({ userSig, userID, SDKAppID, secretKeys, nowS }: VerifyRequest): VerifyResult {
  const document = read(userSig);
  if (!document.ok) return document;
  const { claims, signature } = document;
  if (claims.SDKAppID !== SDKAppID)
    return fail('userSigOtherApp', `it was made for the app ${claims.SDKAppID}`);
  if (claims.userID !== userID) return fail('userSigOtherUser', 'it was made for another userID');
  if (secretKeys.length === 0) return fail('noKey', 'the app has no secret key');
  if (!secretKeys.some((key) => isEqual(signatureOf(claims, key), signature))) {
    return fail('userSigForged', 'no key of the app makes this signature');
  }
  if (nowS > claims.timeS + claims.expireS) {
    return fail('userSigExpired', `it ran out ${nowS - claims.timeS - claims.expireS} s ago`);
  }
  if (claims.timeS > nowS + MAX_CLOCK_SKEW_S) {
    return fail(
      'userSigInvalid',
      `it is dated ${claims.timeS - nowS} s ahead: check the signing server's clock`,
    );
  }
  return { ok: true, claims };
}

/** How long the comparison takes says nothing about how much of a guess was right. */
function isEqual(expected: Buffer, given: Buffer): boolean {
  return expected.length === given.length && timingSafeEqual(expected, given);
}
