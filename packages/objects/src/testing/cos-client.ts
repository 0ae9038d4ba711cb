import { Buffer } from 'node:buffer';
import type { Credential } from '../access/credential.ts';
import { signRequest } from '../access/signature.ts';
import { cosEncode, encodeKey } from '../http/percent.ts';
import type { ObjectRequest } from '../http/request.ts';

export type Wanted = {
  method: string;
  key?: string;
  query?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  body?: Uint8Array | AsyncIterable<Uint8Array>;
  /** Headers that are signed besides the host. */
  signedHeaders?: readonly string[];
};

/** Builds requests as a COS SDK would sign them. */
export function signedRequest(credential: Credential, wanted: Wanted): ObjectRequest {
  const { method, key = '', query = {}, body } = wanted;
  const bytes = body instanceof Uint8Array ? body : undefined;
  const headers: Record<string, string> = {
    host: 'files.example.org',
    'x-cos-security-token': credential.SecurityToken,
    ...(bytes === undefined ? {} : { 'content-length': String(bytes.byteLength) }),
    ...wanted.headers,
  };
  headers['authorization'] = signRequest(
    {
      secretID: credential.TmpSecretId,
      secretKey: credential.TmpSecretKey,
      keyTime: `${credential.StartTime};${credential.ExpiredTime}`,
    },
    {
      method,
      path: `/${key}`,
      query: new Map(Object.entries(query).map(([name, value]) => [name.toLowerCase(), value])),
      headers,
    },
    ['host', ...(wanted.signedHeaders ?? [])],
  );
  return { method, target: targetOf(key, query), headers, body: bodyOf(body) };
}

export function targetOf(key: string, query: Readonly<Record<string, string>> = {}): string {
  const pairs = Object.entries(query).map(([name, value]) => `${cosEncode(name)}=${cosEncode(value)}`);
  return `/${encodeKey(key)}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
}

/** The body of an upload form, its fields first. */
export function formBody(
  fields: Readonly<Record<string, string>>,
  file: Uint8Array,
  boundary = '----boundary7MA4YWxkTrZu0gW',
): { body: Buffer; contentType: string } {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head =
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n` +
    'Content-Type: application/octet-stream\r\n\r\n';
  const body = Buffer.concat([
    Buffer.from(parts.join('') + head),
    file,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return { body, contentType: `multipart/form-data; boundary=${boundary}` };
}

/** In pieces, each of them gone when the next one is asked for: so whoever kept one has nothing. */
async function* bodyOf(body: Wanted['body']): AsyncGenerator<Uint8Array> {
  if (body instanceof Uint8Array) {
    const length = Math.ceil(body.byteLength / 3);
    for (let at = 0; at < body.byteLength; at += length) {
      const piece = Uint8Array.from(body.subarray(at, at + length));
      yield piece;
      piece.fill(0);
    }
  } else if (body !== undefined) yield* body;
}
