import * as v from 'valibot';
import { encodeKey, percentDecoded } from '../http/percent.ts';
import type { Query } from '../http/request.ts';
import { ObjectError } from '../errors.ts';
import { checkKey, userPrefix } from '../object-key.ts';
import { PROTOCOL } from '../limits.ts';
import { keyedDigest, seal, secretOf, type Secrets, unseal } from './secrets.ts';

const putSchema = v.object({
  app: v.string(),
  user: v.string(),
  key: v.string(),
  maxBytes: v.number(),
  endMs: v.number(),
  contentTypes: v.optional(v.array(v.string())),
  exact: v.optional(v.literal(true)),
});

/** What a signed PUT URL allows: one upload to one key. */
export type PutClaims = v.InferOutput<typeof putSchema>;

const readerSchema = v.object({ app: v.string(), user: v.string(), endMs: v.number() });

/** Who asks, when downloads are checked against the conversations instead of signed one by one. */
export type ReaderClaims = v.InferOutput<typeof readerSchema>;

/** A download URL for whoever holds it, bound to the key (whose first segment is the app) and to a time. */
export function signGetURL(
  secrets: Secrets,
  { publicURL, key, expiresAtMs }: { publicURL: string; key: string; expiresAtMs: number },
): string {
  checkKey(key);
  const expires = String(Math.floor(expiresAtMs / 1000));
  const signature = keyedDigest(secrets[0], 'get-url', `${expires}\n${key}`);
  return `${publicURL}/${encodeKey(key)}?expires=${expires}&signature=${signature}`;
}

/** An upload URL that takes the raw bytes with a single PUT, as `tim-upload-plugin` sends them. */
export function signPutURL(secrets: Secrets, publicURL: string, claims: PutClaims): string {
  checkKey(claims.key);
  if (!claims.key.startsWith(userPrefix(claims.app, claims.user))) {
    throw new RangeError('An upload URL must lie within the keys of its user.');
  }
  return `${publicURL}/${encodeKey(claims.key)}?upload=${seal(secrets, 'put-url', claims)}`;
}

/** A token that says who reads; the `mayRead` port decides what. */
export function issueReaderToken(secrets: Secrets, claims: ReaderClaims): string {
  return seal(secrets, 'reader', claims);
}

export function verifyGetURL(secrets: Secrets, key: string, query: Query, nowMs: number): void {
  const expires = query.get('expires') ?? '';
  const digest = query.get('signature') ?? '';
  if (!/^\d{1,12}$/.test(expires)) throw new ObjectError('accessDenied');
  const secret = secretOf(secrets, 'get-url', { text: `${expires}\n${key}`, digest });
  if (secret === undefined) throw new ObjectError('signatureMismatch');
  if (Number(expires) * 1000 <= nowMs) throw new ObjectError('requestExpired');
}

const ORIGIN = /^https?:\/\/[^/?#\s]+/;

/**
 * The key of a link that `signGetURL` made, even one that has run out; undefined for any other URL. Without a `publicURL` of a link
 * that it made when the service had any address.
 */
export function keyOfGetURL(
  secrets: Secrets,
  url: string,
  publicURL = ORIGIN.exec(url)?.[0] ?? '',
): string | undefined {
  if (!url.startsWith(`${publicURL}/`) || !URL.canParse(url)) return undefined;
  const { searchParams } = new URL(url);
  // Not the parser's own path, which takes dots for folders.
  const key = percentDecoded(url.slice(publicURL.length + 1).split('?', 1)[0] ?? '');
  if (key === undefined) return undefined;
  const digest = searchParams.get('signature') ?? '';
  const text = `${searchParams.get('expires') ?? ''}\n${key}`;
  return secretOf(secrets, 'get-url', { text, digest }) === undefined ? undefined : key;
}

export function openPutToken(secrets: Secrets, token: string, nowMs: number): PutClaims {
  const claims = v.parse(putSchema, unsealShort(secrets, 'put-url', token));
  if (claims.endMs <= nowMs) throw new ObjectError('requestExpired');
  return claims;
}

export function openReaderToken(secrets: Secrets, token: string, nowMs: number): ReaderClaims {
  const claims = v.parse(readerSchema, unsealShort(secrets, 'reader', token));
  if (claims.endMs <= nowMs) throw new ObjectError('requestExpired');
  return claims;
}

function unsealShort(secrets: Secrets, purpose: 'put-url' | 'reader', token: string): unknown {
  const opened = token.length > PROTOCOL.tokenBytes ? undefined : unseal(secrets, purpose, token);
  if (opened === undefined) throw new ObjectError('invalidToken');
  return opened.claims;
}
