import { deflateSync } from 'node:zlib';
import { type Claims, isSDKAppID, isSeconds, isUserID, signatureOf, toBase64 } from './claims.ts';
import { DEFAULT_EXPIRE_S, MAX_USERID_LENGTH, MAX_USERSIG_LENGTH } from './limits.ts';

export type SignRequest = Omit<Claims, 'expireS'> & {
  secretKey: string;
  /** 180 days where it is left out. */
  expireS?: number;
};

/** Makes a UserSig that this package, and every published verifier, accepts. Throws a RangeError for claims that none would. */
export function sign({ secretKey, ...request }: SignRequest): string {
  const claims: Claims = { ...request, expireS: request.expireS ?? DEFAULT_EXPIRE_S };
  refuseBadClaims(claims, secretKey);
  const document = {
    'TLS.ver': '2.0',
    'TLS.identifier': claims.userID,
    'TLS.sdkappid': claims.SDKAppID,
    'TLS.time': claims.timeS,
    'TLS.expire': claims.expireS,
    ...(claims.userBuf === undefined ? {} : { 'TLS.userbuf': toBase64(claims.userBuf) }),
    'TLS.sig': signatureOf(claims, secretKey).toString('base64'),
  };
  const userSig = deflateSync(JSON.stringify(document))
    .toString('base64')
    .replaceAll('+', '*')
    .replaceAll('/', '-')
    .replaceAll('=', '_');
  if (userSig.length > MAX_USERSIG_LENGTH) throw new RangeError('The userBuf makes the UserSig too long');
  return userSig;
}

function refuseBadClaims({ SDKAppID, userID, timeS, expireS }: Claims, secretKey: string): void {
  if (!isSDKAppID(SDKAppID)) throw new RangeError('The SDKAppID must be a positive 32-bit integer');
  if (!isUserID(userID) || userID.length > MAX_USERID_LENGTH) {
    throw new RangeError(`The userID must be 1 to ${MAX_USERID_LENGTH} printable ASCII characters`);
  }
  if (!isSeconds(timeS)) throw new RangeError('The time must be whole seconds since 1970');
  if (!isSeconds(expireS) || expireS === 0)
    throw new RangeError('The lifetime must be whole seconds, at least one');
  if (secretKey === '') throw new RangeError('The secret key is empty');
}
