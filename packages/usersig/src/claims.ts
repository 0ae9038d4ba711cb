import { createHmac } from 'node:crypto';
import { MAX_SECONDS, MAX_U32 } from './limits.ts';

/** What a UserSig states. Times are whole seconds: `timeS` since 1970, `expireS` from then on. */
export type Claims = {
  SDKAppID: number;
  userID: string;
  timeS: number;
  expireS: number;
  /** Private data of the signer, a room's privileges for instance: signed, and otherwise none of our business. */
  userBuf?: Uint8Array;
};

/** Line ends separate the signed fields, so a userID that held one could pose as another user's text. */
const PRINTABLE = /^[\x20-\x7e]+$/;

export function isUserID(value: string): boolean {
  return PRINTABLE.test(value);
}

export function isSDKAppID(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value <= MAX_U32;
}

export function isSeconds(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_SECONDS;
}

/** The signature over the claims. The key is the text as configured: its hex digits are not decoded. */
export function signatureOf(claims: Claims, secretKey: string): Buffer {
  const lines = [
    `TLS.identifier:${claims.userID}`,
    `TLS.sdkappid:${claims.SDKAppID}`,
    `TLS.time:${claims.timeS}`,
    `TLS.expire:${claims.expireS}`,
  ];
  if (claims.userBuf !== undefined) lines.push(`TLS.userbuf:${toBase64(claims.userBuf)}`);
  return createHmac('sha256', secretKey)
    .update(`${lines.join('\n')}\n`)
    .digest();
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
