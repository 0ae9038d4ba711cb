import { inflateSync } from 'node:zlib';
import { type Claims, isSDKAppID, isSeconds, isUserID } from './claims.ts';
import { fail, type Failure } from './failure.ts';
import { MAX_DOCUMENT_BYTES, MAX_USERSIG_LENGTH } from './limits.ts';

export type ReadResult = { ok: true; claims: Claims; signature: Buffer } | Failure;

/** The published alphabet: base64 with `*`, `-` and `_` for `+`, `/` and `=`. It is not the URL-safe one of the RFC. */
const ALPHABET = /^[A-Za-z0-9*-]+_{0,2}$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const DECIMAL = /^(?:0|[1-9]\d{0,15})$/;

/** Says what a UserSig states, without asking whether it is true: only `verify` knows that. */
export function read(userSig: string): ReadResult {
  if (userSig === '') return fail('userSigEmpty', 'it is an empty string');
  if (userSig.length > MAX_USERSIG_LENGTH) {
    return fail('userSigMalformed', `it is longer than ${MAX_USERSIG_LENGTH} characters`);
  }
  if (!ALPHABET.test(userSig)) return fail('userSigMalformed', 'it has characters that no UserSig has');
  const document = unfold(userSig);
  if (document === undefined)
    return fail('userSigMalformed', 'it cannot be unpacked: cut off, or not a UserSig');
  return readDocument(document);
}

/** The JSON value inside, or undefined where there is none. */
function unfold(userSig: string): { value: unknown } | undefined {
  const packed = Buffer.from(
    userSig.replaceAll('*', '+').replaceAll('-', '/').replaceAll('_', '='),
    'base64',
  );
  try {
    const bytes = inflateSync(packed, { maxOutputLength: MAX_DOCUMENT_BYTES });
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    // zlib, UTF-8 and JSON each say it with an exception; to the caller they are all one answer.
    return undefined;
  }
}

function readDocument({ value }: { value: unknown }): ReadResult {
  if (typeof value !== 'object' || value === null) return fail('userSigInvalid', 'it is not a document');
  const fields = new Map<string, unknown>(Object.entries(value));
  if (fields.get('TLS.ver') !== '2.0') {
    return fail('userSigInvalid', 'it is not of version 2.0 (the older, key-pair kind is not supported)');
  }
  const userID = fields.get('TLS.identifier');
  if (typeof userID !== 'string' || !isUserID(userID))
    return fail('userSigInvalid', 'TLS.identifier is not a userID');
  const SDKAppID = wholeNumber(fields.get('TLS.sdkappid'));
  if (SDKAppID === undefined || !isSDKAppID(SDKAppID))
    return fail('userSigInvalid', 'TLS.sdkappid is not an SDKAppID');
  const timeS = wholeNumber(fields.get('TLS.time'));
  const expireS = wholeNumber(fields.get('TLS.expire'));
  if (timeS === undefined || !isSeconds(timeS)) return fail('userSigInvalid', 'TLS.time is not a time');
  if (expireS === undefined || !isSeconds(expireS))
    return fail('userSigInvalid', 'TLS.expire is not a lifetime');
  const signature = base64(fields.get('TLS.sig'));
  if (signature === undefined) return fail('userSigInvalid', 'TLS.sig is not base64');
  const claims = { SDKAppID, userID, timeS, expireS };
  if (!fields.has('TLS.userbuf')) return { ok: true, claims, signature };
  const userBuf = base64(fields.get('TLS.userbuf'));
  if (userBuf === undefined) return fail('userSigInvalid', 'TLS.userbuf is not base64');
  return { ok: true, claims: { ...claims, userBuf }, signature };
}

/** Several generators of other languages write numbers as texts; what they signed is the same. */
function wholeNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && DECIMAL.test(value) ? Number(value) : undefined;
}

function base64(value: unknown): Buffer | undefined {
  return typeof value === 'string' && BASE64.test(value) ? Buffer.from(value, 'base64') : undefined;
}
