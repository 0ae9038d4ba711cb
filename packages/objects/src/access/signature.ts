import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { ObjectError } from '../errors.ts';
import { PROTOCOL } from '../limits.ts';
import { cosEncode } from '../http/percent.ts';
import type { Query } from '../http/request.ts';

/** From and to, in seconds, with the text that was signed. */
export type TimeWindow = { start: number; end: number; text: string };

/** The seven fields of a `q-sign-algorithm=sha1` signature. */
export type Signature = {
  secretID: string;
  signTime: TimeWindow;
  keyTime: TimeWindow;
  /** Lower-case names, decoded, in the order that was signed. */
  headerNames: readonly string[];
  parameterNames: readonly string[];
  digest: string;
};

/** What is signed of a request. `path` is decoded and begins with a slash. */
export type SignedRequest = {
  method: string;
  path: string;
  query: Query;
  headers: Readonly<Record<string, string | undefined>>;
};

const FIELDS = [
  'q-sign-algorithm',
  'q-ak',
  'q-sign-time',
  'q-key-time',
  'q-header-list',
  'q-url-param-list',
  'q-signature',
] as const;

type Fields = Record<(typeof FIELDS)[number], string>;

/** The parameter names of the query form, which are never themselves signed. */
export const SIGNATURE_PARAMETERS: ReadonlySet<string> = new Set([...FIELDS, 'x-cos-security-token']);

/** Reads the text of an `Authorization` header or of the form field `Signature`. */
export function parseSignature(text: string): Signature {
  if (text.length > PROTOCOL.signatureBytes) throw new ObjectError('malformedSignature');
  const fields = new Map<string, string>();
  for (const pair of text.trim().split('&')) {
    const equals = pair.indexOf('=');
    const name = pair.slice(0, Math.max(equals, 0));
    if (fields.has(name)) throw new ObjectError('malformedSignature');
    fields.set(name, pair.slice(equals + 1));
  }
  if (fields.size !== FIELDS.length) throw new ObjectError('malformedSignature');
  return readFields((name) => fields.get(name));
}

/** Reads the query form, whose values are decoded already. */
export function signatureFromQuery(query: Query): Signature {
  return readFields((name) => query.get(name));
}

function readFields(get: (name: string) => string | undefined): Signature {
  const field = (name: keyof Fields): string => {
    const value = get(name);
    if (value === undefined || value.length > PROTOCOL.signatureBytes) {
      throw new ObjectError('malformedSignature');
    }
    return value;
  };
  if (field('q-sign-algorithm') !== 'sha1') throw new ObjectError('malformedSignature');
  const digest = field('q-signature');
  if (!/^[0-9a-f]{40}$/.test(digest)) throw new ObjectError('malformedSignature');
  return {
    secretID: field('q-ak'),
    signTime: readWindow(field('q-sign-time')),
    keyTime: readWindow(field('q-key-time')),
    headerNames: readNames(field('q-header-list')),
    parameterNames: readNames(field('q-url-param-list')),
    digest,
  };
}

function readWindow(text: string): TimeWindow {
  const match = /^(\d{1,12});(\d{1,12})$/.exec(text);
  if (match === null) throw new ObjectError('malformedSignature');
  return { start: Number(match[1]), end: Number(match[2]), text };
}

function readNames(text: string): string[] {
  if (text === '') return [];
  const names = text.split(';').map((name) => {
    try {
      return decodeURIComponent(name);
    } catch (cause) {
      throw new ObjectError('malformedSignature', { cause });
    }
  });
  const wellFormed = names.every((name) => name !== '' && name === name.toLowerCase());
  if (!wellFormed || new Set(names).size !== names.length) throw new ObjectError('malformedSignature');
  return names;
}

/** Recomputes the signature over exactly the headers and parameters that it lists. */
export function verifySignature(signature: Signature, secretKey: string, request: SignedRequest): void {
  const expected = digestOf(signature, secretKey, request);
  const equal = timingSafeEqual(Buffer.from(expected, 'latin1'), Buffer.from(signature.digest, 'latin1'));
  if (!equal) throw new ObjectError('signatureMismatch');
}

/** Both windows must contain now. Ahead and behind differ: an SDK whose clock is ahead corrects it and retries. */
export function checkWindows({ signTime, keyTime }: Signature, nowMs: number): void {
  for (const { start, end } of [signTime, keyTime]) {
    if (start * 1000 > nowMs + PROTOCOL.clockToleranceMs) throw new ObjectError('clockSkewed');
    if (end * 1000 <= nowMs) throw new ObjectError('requestExpired');
  }
}

/** What a signer does: the text for `Authorization`. Used by our own tools; the COS SDKs bring theirs. */
export function signRequest(
  credential: { secretID: string; secretKey: string; keyTime: string },
  request: SignedRequest,
  headerNames: readonly string[] = [],
): string {
  const window = readWindow(credential.keyTime);
  const sorted = (names: Iterable<string>) => [...names].map((name) => name.toLowerCase()).toSorted();
  const unsigned = {
    secretID: credential.secretID,
    signTime: window,
    keyTime: window,
    headerNames: sorted(headerNames),
    parameterNames: sorted(request.query.keys()),
    digest: '',
  };
  const fields: Fields = {
    'q-sign-algorithm': 'sha1',
    'q-ak': credential.secretID,
    'q-sign-time': window.text,
    'q-key-time': window.text,
    'q-header-list': unsigned.headerNames.map(encodeName).join(';'),
    'q-url-param-list': unsigned.parameterNames.map(encodeName).join(';'),
    'q-signature': digestOf(unsigned, credential.secretKey, request),
  };
  return FIELDS.map((name) => `${name}=${fields[name]}`).join('&');
}

function digestOf(signature: Signature, secretKey: string, request: SignedRequest): string {
  const { signTime, keyTime, headerNames, parameterNames } = signature;
  const list = (names: readonly string[], valueOf: (name: string) => string | undefined): string =>
    names.map((name) => `${encodeName(name)}=${cosEncode(valueOf(name) ?? '')}`).join('&');
  const httpString = [
    request.method.toLowerCase(),
    request.path,
    list(parameterNames, (name) => request.query.get(name)),
    list(headerNames, (name) => request.headers[name]),
    '',
  ].join('\n');
  const httpDigest = createHash('sha1').update(httpString).digest('hex');
  const signKey = hmacSha1(secretKey, keyTime.text);
  return hmacSha1(signKey, `sha1\n${signTime.text}\n${httpDigest}\n`);
}

function encodeName(name: string): string {
  return cosEncode(name).toLowerCase();
}

function hmacSha1(key: string, text: string): string {
  return createHmac('sha1', key).update(text).digest('hex');
}
